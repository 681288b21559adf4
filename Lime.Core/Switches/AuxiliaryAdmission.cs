using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Microsoft.Extensions.Logging;

namespace Lime.Core.Switches;

/// <summary>Gives auxiliary connections to the switch whose main connection has the same datapath
/// id.</summary>
/// <remarks>A switch may open them as soon as its main connection has seen hello and features, while we still ask
/// that one for its ports: one that comes early waits for <see cref="MainGrace"/>. Threading: the owner
/// loop's.</remarks>
internal sealed partial class AuxiliaryAdmission(SwitchRegistry registry)
{
    private static readonly TimeSpan MainGrace = TimeSpan.FromSeconds(1);

    private readonly List<(SwitchConnection Connection, OpenFlowChannel Channel)> _early = [];

    /// <summary>An auxiliary connection has finished its handshake.</summary>
    public async Task AdmitAsync(SwitchConnection connection, OpenFlowChannel channel)
    {
        DatapathId datapath = channel.Features!.Datapath;
        if (registry.FindPhysical(datapath) is { IsConnected: true } physical)
        {
            Attach(physical, connection, channel);
            return;
        }
        _early.Add((connection, channel));
        await registry.Loop.WaitAsync(MainGrace, CancellationToken.None);
        if (_early.Remove((connection, channel)))
            channel.Close(ChannelCloseReason.NoMainConnection, $"{datapath} has no main connection.");
    }

    /// <summary>A main connection has been admitted.</summary>
    public void MainConnected(PhysicalSwitch physical)
    {
        foreach ((SwitchConnection Connection, OpenFlowChannel Channel) each in _early.ToArray())
        {
            if (each.Channel.Features!.Datapath != physical.Datapath) continue;
            _early.Remove(each);
            Attach(physical, each.Connection, each.Channel);
        }
    }

    private void Attach(PhysicalSwitch physical, SwitchConnection connection, OpenFlowChannel channel)
    {
        if (!channel.IsReady) return;
        if (channel.Codec != physical.Channel!.Codec)
        {
            channel.Close(ChannelCloseReason.NoMainConnection, "The main connection speaks another version.");
            return;
        }
        connection.Physical = physical;
        physical.Auxiliaries.Add(channel);
        LogAttached(registry.Loop.Logger, physical.Name, channel.Features!.AuxiliaryId);
        registry.Changed?.Invoke(physical);
    }

    [LoggerMessage(123, LogLevel.Information, "{Switch} has an auxiliary connection, id {Id}.")]
    private static partial void LogAttached(ILogger logger, string @switch, byte id);
}
