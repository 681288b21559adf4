using Lime.Core.Emulation.Links;
using Lime.Core.Emulation.Tables;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Emulation.Switching;

/// <summary>The forwarding half of an emulated switch: it goes on without a controller
/// (fail-secure).</summary>
/// <remarks>Threading: the loop's.</remarks>
internal sealed class SwitchDatapath : IFrameEndpoint
{
    /// <summary>An Ethernet header; shorter frames are not sent.</summary>
    private const int FrameBytesMin = 14;

    public SwitchDatapath(EmulationContext context, string name, DatapathId id, EmulatedSwitchOptions options)
    {
        Name = name;
        Id = id;
        Options = options;
        Ports = new SwitchPorts(id, name);
        Table = new FlowTable(context, options.TableCapacity);
        Buffers = new PacketBuffers(context, options.BufferCount, options.BufferLifetime);
        Pipeline = new PacketPipeline(Ports, Table, Buffers, Configuration);
    }

    public string Name { get; }

    public DatapathId Id { get; }

    public EmulatedSwitchOptions Options { get; }

    public SwitchPorts Ports { get; }

    public FlowTable Table { get; }

    public PacketBuffers Buffers { get; }

    public SwitchConfiguration Configuration { get; } = new();

    public PacketPipeline Pipeline { get; }

    public Func<FlowMod, bool>? RejectFlowMod { get; set; }

    public void Receive(PortNumber port, byte[] frame)
    {
        if (Ports.Find(port) is { } ingress) Pipeline.Receive(ingress, frame);
    }

    public void Attach(PortNumber port, LinkDirection? egress)
    {
        bool isNew = Ports.Find(port) is null;
        SwitchPort attached = Ports.GetOrAdd(port, egress);
        attached.Egress = egress;
        if (!isNew) Ports.Announce(attached);
    }

    public void LinkChanged(PortNumber port, bool isUp)
    {
        if (Ports.Find(port) is { } changed) Ports.Announce(changed);
    }

    /// <summary>Does a flow-mod, and sends the held packet that it names.</summary>
    /// <returns>Why not, or null; a buffer that is not there is refused after the rule was changed.</returns>
    public Refusal? Apply(in FlowMod mod)
    {
        bool isFault = RejectFlowMod?.Invoke(mod) == true;
        if (isFault) return new Refusal(ErrorType.FlowModFailed, ErrorCodes.TableFull);
        bool isDelete = mod.Command is FlowModCommand.Delete or FlowModCommand.DeleteStrict;
        if (!isDelete && ActionCheck.Check(mod.Actions, isPacketOut: false) is { } refused) return refused;
        Refusal? refusal = Table.Apply(mod);
        if (refusal is not null || isDelete || mod.BufferId == BufferId.None) return refusal;
        return SendHeld(mod);
    }

    /// <summary>Does a packet-out.</summary>
    /// <param name="bufferId">A held packet, or none.</param>
    /// <param name="inPort">The ingress port that the actions see.</param>
    /// <param name="actions">What to do.</param>
    /// <param name="frame">The packet, if none is held.</param>
    /// <returns>Why not, or null.</returns>
    public Refusal? SendOut(BufferId bufferId, PortNumber inPort, ActionList actions, byte[] frame)
    {
        if (ActionCheck.Check(actions, isPacketOut: true) is { } refused) return refused;
        bool isHeld = bufferId != BufferId.None;
        if (isHeld && Buffers.Take(bufferId, out frame, out _) is { } unknown) return unknown;
        if (frame.Length >= FrameBytesMin) Pipeline.Execute(actions, frame, inPort);
        return null;
    }

    private Refusal? SendHeld(in FlowMod mod)
    {
        Refusal? unknown = Buffers.Take(mod.BufferId, out byte[] frame, out PortNumber inPort);
        if (unknown is not null) return unknown;
        Table.CountHeld(FlowKey.Of(mod), frame.Length);
        Pipeline.Execute(mod.Actions, frame, inPort);
        return null;
    }
}
