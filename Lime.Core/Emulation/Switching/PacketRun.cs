using Lime.Core.Emulation.Frames;
using Lime.Core.Emulation.Groups;
using Lime.Core.Emulation.Tables;
using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Emulation.Switching;

/// <summary>A packet on its way through the tables, with what it has collected.</summary>
/// <remarks>Threading: the loop's.</remarks>
internal sealed class PacketRun(byte[] frame, PortNumber inPort)
{
    private ActionSet? _actionSet;

    /// <summary>A field, since actions change it in place.</summary>
    public WorkingFrame Frame = new(frame);

    public PortNumber InPort { get; } = inPort;

    /// <summary>Whether it came by a port, and so by the cache of flows.</summary>
    public bool IsFromPort { get; init; }

    public ulong Metadata { get; set; }

    public ulong TunnelId { get; set; }

    /// <summary>The table it is in.</summary>
    public TableId Table { get; set; }

    /// <summary>The rule it met last.</summary>
    public FlowEntry? Entry { get; set; }

    /// <summary>An action has ended it: nothing more happens to it.</summary>
    public bool IsEnded { get; set; }

    public ActionSet ActionSet => _actionSet ??= new ActionSet();

    public bool HasActions => _actionSet is { IsEmpty: false };

    /// <summary>For a bucket: its changes don't show in the original.</summary>
    public PacketRun Copy() => new(Frame.Share(), InPort)
    {
        IsFromPort = IsFromPort,
        Metadata = Metadata,
        TunnelId = TunnelId,
        Table = Table,
        Entry = Entry,
    };
}
