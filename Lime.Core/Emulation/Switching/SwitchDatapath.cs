using Lime.Core.Emulation.Groups;
using Lime.Core.Emulation.Links;
using Lime.Core.Emulation.Meters;
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

    private readonly FlowModCheck _check;

    public SwitchDatapath(EmulationContext context, string name, DatapathId id, EmulatedSwitchOptions options)
    {
        Name = name;
        Id = id;
        Options = options;
        Ports = new SwitchPorts(context, id, name);
        Tables = new FlowTables(context, options.TableCount, options.TableCapacity, Journal);
        Rules = new DataPlane(context, Tables, options);
        Tables.Removed = (entry, reason) =>
        {
            Rules.Follow(entry);
            Removed?.Invoke(entry, reason);
        };
        Groups = new GroupTable(context, options.GroupCapacity, Journal);
        Meters = new MeterTable(context, options.MeterCapacity, Journal);
        Buffers = new PacketBuffers(context, options.BufferCount, options.BufferLifetime);
        _check = new FlowModCheck(Tables, Groups, Meters);
        Pipeline = new PacketPipeline(
            context, new PipelineParts(Ports, Rules, Groups, Meters, Buffers), Configuration);
    }

    public string Name { get; }

    public DatapathId Id { get; }

    public EmulatedSwitchOptions Options { get; }

    /// <summary>Notes what a bundle changes.</summary>
    public ChangeJournal Journal { get; } = new();

    public SwitchPorts Ports { get; }

    public FlowTables Tables { get; }

    /// <summary>What packets meet of the tables.</summary>
    public DataPlane Rules { get; }

    /// <summary>Told of each rule that goes, but not of one that an ADD replaces.</summary>
    public Action<FlowEntry, FlowRemovedReason>? Removed { get; set; }

    public GroupTable Groups { get; }

    public MeterTable Meters { get; }

    public PacketBuffers Buffers { get; }

    public SwitchConfiguration Configuration { get; } = new();

    public PacketPipeline Pipeline { get; }

    public Func<FlowMod, bool>? RejectFlowMod { get; set; }

    /// <summary>How it behaves, by the version of the latest controller.</summary>
    public SwitchTraits Traits
    {
        get => Pipeline.Traits;
        set
        {
            Pipeline.Traits = value;
            Tables.Semantics = value.Semantics;
            Rules.Semantics = value.Semantics;
        }
    }

    /// <summary>The tables that a controller of this version sees.</summary>
    public int TableCount => Traits.HasPipeline ? Tables.Count : 1;

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
        if (_check.Check(mod) is { } refused) return refused;
        Refusal? refusal = Tables.Apply(mod);
        if (refusal is null && Options.DataPlaneDelay > TimeSpan.Zero) Follow(mod);
        bool isDelete = mod.Command is FlowModCommand.Delete or FlowModCommand.DeleteStrict;
        if (refusal is not null || isDelete || mod.BufferId == BufferId.None) return refusal;
        if (!Journal.IsOpen) return SendHeld(mod);
        FlowMod held = mod;
        Journal.Announce(() => SendHeld(held));
        return null;
    }

    /// <summary>Does a group-mod; rules that use a deleted group go with it (1.3.5 section 6.5).</summary>
    public Refusal? Apply(GroupMod mod)
    {
        bool isDelete = mod.Command == GroupModCommand.Delete;
        foreach (GroupBucket bucket in isDelete ? [] : mod.Buckets)
        {
            // A group that leads to itself is told as a loop, even where it is not there yet.
            bool isOwn = bucket.Actions.Any(
                action => action.Kind == FlowActionKind.Group && action.Value == mod.Group.Value);
            if (!isOwn && _check.Check(bucket.Actions, isPacketOut: false) is { } refused) return refused;
        }
        if (Groups.Apply(mod, out IReadOnlyList<GroupId> deleted) is { } refusal) return refusal;
        if (deleted.Count == 0) return null;
        HashSet<GroupId> gone = [.. deleted];
        Tables.RemoveWhere(entry => entry.Groups.Any(gone.Contains), FlowRemovedReason.GroupDelete);
        return null;
    }

    /// <summary>Does a meter-mod; rules that use a deleted meter go with it (1.3.5 section 6.6).</summary>
    public Refusal? Apply(MeterMod mod)
    {
        if (Meters.Apply(mod, out IReadOnlyList<MeterId> deleted) is { } refusal) return refusal;
        if (deleted.Count == 0) return null;
        HashSet<MeterId> gone = [.. deleted];
        Tables.RemoveWhere(
            entry => entry.Instructions.Meter is { } meter && gone.Contains(meter), FlowRemovedReason.Delete);
        return null;
    }

    /// <summary>Does a port-mod, and announces what it has changed.</summary>
    public Refusal? Apply(PortMod mod)
    {
        SwitchPort? port = Ports.Find(mod.Port);
        if (port is null) return new Refusal(ErrorType.PortModFailed, ErrorCodes.PortModBadPort);
        if (port.Address != mod.HardwareAddress)
            return new Refusal(ErrorType.PortModFailed, ErrorCodes.PortModBadHardwareAddress);
        if ((mod.Mask & ~Traits.PortConfigBits) != 0)
            return new Refusal(ErrorType.PortModFailed, ErrorCodes.PortModBadConfig);
        PortConfig before = port.Config;
        PortConfig changed = (before & ~mod.Mask) | (mod.Config & mod.Mask);
        if (changed == before) return null;
        port.Config = changed;
        Journal.Record(() => port.Config = before);
        Journal.Announce(() => Ports.Announce(port));
        return null;
    }

    /// <summary>Does a packet-out.</summary>
    /// <param name="bufferId">A held packet, or none.</param>
    /// <param name="inPort">The ingress port that the actions see.</param>
    /// <param name="actions">What to do.</param>
    /// <param name="frame">The packet, if none is held.</param>
    /// <returns>Why not, or null.</returns>
    public Refusal? SendOut(BufferId bufferId, PortNumber inPort, ActionList actions, byte[] frame)
    {
        if (Traits.HasPipeline && !CanComeFrom(inPort))
            return new Refusal(ErrorType.BadRequest, ErrorCodes.BadPort);
        if (_check.Check(actions, isPacketOut: true) is { } refused) return refused;
        bool isHeld = bufferId != BufferId.None;
        if (isHeld && Buffers.Take(bufferId, out frame, out _) is { } unknown) return unknown;
        if (frame.Length >= FrameBytesMin) Pipeline.Execute(actions, frame, inPort);
        return null;
    }

    /// <summary>A port that may be, the controller, or none (1.3.5 section 7.3.7).</summary>
    private static bool CanComeFrom(PortNumber port) => port.Value is > 0 and <= SwitchPorts.NumberMax
        || port == PortNumber.Controller || port == PortNumber.Local || port == PortNumber.Any;

    /// <summary>Apart from its caller, so that a switch whose data plane keeps up allocates no closure.</summary>
    private void Follow(FlowMod mod) => Journal.Announce(() => Rules.Follow(mod));

    private Refusal? SendHeld(in FlowMod mod)
    {
        Refusal? unknown = Buffers.Take(mod.BufferId, out byte[] frame, out PortNumber inPort);
        if (unknown is not null) return unknown;
        if (Traits.HasPipeline)
        {
            Pipeline.RunTables(frame, inPort);
            return null;
        }
        Tables.First.CountHeld(mod, frame.Length);
        Pipeline.Execute(mod.Actions, frame, inPort);
        return null;
    }
}
