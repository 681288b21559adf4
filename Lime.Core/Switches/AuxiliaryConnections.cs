using Lime.OpenFlow.Channel;

namespace Lime.Core.Switches;

/// <summary>A switch's connections besides its main one, by auxiliary id (OpenFlow 1.3.5, "Auxiliary
/// Connections").</summary>
/// <remarks>What arrives on them counts as from the switch; commands go to the main connection only. At most
/// 255, as the id is a byte. Life cycle: they end with the main connection. Threading: the owner
/// loop's.</remarks>
internal sealed class AuxiliaryConnections
{
    private readonly Dictionary<byte, OpenFlowChannel> _channels = [];

    public int Count => _channels.Count;

    /// <summary>Takes one; an older one with its id is half open, or the switch has forgotten it.</summary>
    public void Add(OpenFlowChannel channel)
    {
        byte id = channel.Features!.AuxiliaryId;
        if (_channels.Remove(id, out OpenFlowChannel? older))
            older.Close(ChannelCloseReason.DuplicateDatapath, $"A newer connection has the auxiliary id {id}.");
        _channels.Add(id, channel);
    }

    /// <summary>One has ended.</summary>
    public void Remove(OpenFlowChannel channel)
    {
        byte id = channel.Features!.AuxiliaryId;
        if (_channels.GetValueOrDefault(id) == channel) _channels.Remove(id);
    }

    /// <summary>The main connection has ended.</summary>
    public void CloseAll()
    {
        OpenFlowChannel[] channels = [.. _channels.Values];
        _channels.Clear();
        foreach (OpenFlowChannel channel in channels)
            channel.Close(ChannelCloseReason.NoMainConnection, "The main connection has ended.");
    }
}
