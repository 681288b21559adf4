using Lime.Core.Emulation.Frames;
using Lime.Core.Emulation.Groups;
using Lime.Core.Emulation.Meters;
using Lime.Core.Emulation.Tables;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Emulation.Switching;

/// <summary>What happens to a packet in an emulated switch: look-ups, actions, groups, meters, or to the controller
/// (OpenFlow 1.0.0 section 3.3; 1.3.5 sections 5.1 to 5.12).</summary>
/// <remarks>Threading: the loop's.</remarks>
internal sealed class PacketPipeline(
    EmulationContext context, PipelineParts parts, SwitchConfiguration configuration)
{
    /// <summary>As a length to hand up: all of the packet, and don't hold it (OFPCML_NO_BUFFER).</summary>
    private const int WholePacket = ushort.MaxValue;

    private readonly BucketChoice _buckets = new(
        parts.Groups, port => parts.Ports.Find(port) is { IsLive: true });

    public PacketInSink? PacketIn { get; set; }

    /// <summary>By the version of the controller.</summary>
    public SwitchTraits Traits { get; set; } = SwitchTraits.V10;

    /// <summary>A frame from outside, by a port.</summary>
    public void Receive(SwitchPort port, byte[] frame)
    {
        if (!port.Accept(frame)) return;
        if (configuration.DropsFragments && FrameLayout.Of(frame).IsFragment) return;
        RunTables(new PacketRun(frame, port.Number));
    }

    /// <summary>Does the actions in order; those before an output show in what it sends.</summary>
    public void Execute(ActionList actions, byte[] frame, PortNumber inPort) =>
        Do(actions, new PacketRun(frame, inPort));

    /// <summary>Takes a packet from the first table on.</summary>
    public void RunTables(byte[] frame, PortNumber inPort) => RunTables(new PacketRun(frame, inPort));

    private void RunTables(PacketRun run)
    {
        for (TableId? next = new TableId(0); next is { } table; next = run.Entry.Instructions.GoToTable)
        {
            run.Table = table;
            run.Entry = Match(run);
            if (run.Entry is null)
            {
                Miss(run);
                return;
            }
            if (!DoInstructions(run, run.Entry)) return;
        }
        if (run.HasActions) Do(run.ActionSet.Ordered, run);
    }

    /// <returns>Whether the packet goes on.</returns>
    private bool DoInstructions(PacketRun run, FlowEntry entry)
    {
        FlowInstructions instructions = entry.Instructions;
        if (instructions.Meter is { } meter && !Pass(meter, run)) return false;
        Do(entry.Actions, run);
        if (run.IsEnded) return false;
        if (instructions.ClearsActions) run.ActionSet.Clear();
        if (instructions.WriteActions is { } write) run.ActionSet.Write(write);
        ulong kept = run.Metadata & ~instructions.MetadataMask;
        run.Metadata = kept | (instructions.Metadata & instructions.MetadataMask);
        return true;
    }

    private FlowEntry? Match(PacketRun run)
    {
        if (parts.Tables.Find(run.Table) is not { } table) return null;
        byte[] frame = run.Frame.Bytes;
        FurtherFields? further = table.LooksFurther
            ? StackParser.ParseFurther(frame, run.Metadata, run.TunnelId)
            : null;
        return table.Match(FieldsOf(run), frame.Length, further);
    }

    private PacketFields FieldsOf(PacketRun run) => Traits.HasPipeline
        ? StackParser.Parse(run.InPort, run.Frame.Bytes)
        : PacketParser.Parse(run.InPort, run.Frame.Bytes);

    private void Miss(PacketRun run)
    {
        if (Traits.Semantics.MissGoesToController) HandUp(run, PacketInReason.NoMatch, configuration.MissSendBytes);
    }

    /// <summary>Measures the packet; a band that applies drops it, or marks it to be dropped sooner.</summary>
    private bool Pass(MeterId id, PacketRun run)
    {
        MeterBand? band = parts.Meters.Find(id)?.Measure(run.Frame.Bytes.Length, context.NowTicks);
        if (band is null) return true;
        if (band.Type == MeterBandType.Drop) return false;
        DropPrecedence.Raise(ref run.Frame, band.PrecedenceLevel);
        return true;
    }

    private void Do(ActionList actions, PacketRun run)
    {
        foreach (ref readonly FlowAction action in actions.AsSpan())
        {
            if (action.Kind == FlowActionKind.Output) Output(action, run);
            else if (action.Kind == FlowActionKind.Group) Process(new GroupId((uint)action.Value), run);
            else if (!PacketActions.Apply(action, run, Traits))
            {
                run.IsEnded = true;
                HandUp(run, PacketInReason.InvalidTtl, configuration.MissSendBytes);
                return;
            }
        }
    }

    private void Process(GroupId id, PacketRun run)
    {
        if (parts.Groups.Find(id) is not { } group) return;
        int frameBytes = run.Frame.Bytes.Length;
        group.Count(frameBytes);
        uint hash = group.Type == GroupType.Select ? FlowHash.Of(FieldsOf(run), run.Frame.Bytes) : 0;
        foreach (int bucket in _buckets.Choose(group, hash))
        {
            group.CountBucket(bucket, frameBytes);
            Do(group.BucketActions[bucket], run.Copy());
        }
    }

    private void Output(in FlowAction action, PacketRun run)
    {
        PortNumber port = action.Port;
        byte[] frame = run.Frame.Share();
        if (port == PortNumber.Controller) HandUp(run, ReasonOf(run), (int)action.Value);
        else if (port == PortNumber.Flood) parts.Ports.SendToAll(frame, run.InPort, isFlood: true);
        else if (port == PortNumber.All) parts.Ports.SendToAll(frame, run.InPort, isFlood: false);
        else if (port == PortNumber.InPort) parts.Ports.Find(run.InPort)?.Send(frame);
        else if (port == PortNumber.Table) RunTables(frame, run.InPort);
        // Out of the ingress port only when IN_PORT says so (section 3.3).
        else if (port != run.InPort) parts.Ports.Find(port)?.Send(frame);
    }

    /// <summary>The output of a table-miss rule is a miss (1.3.5 section 7.4.1); 1.0 has no such rule.</summary>
    private PacketInReason ReasonOf(PacketRun run) => Traits.HasPipeline && run.Entry is { IsTableMiss: true }
        ? PacketInReason.NoMatch
        : PacketInReason.Action;

    private void HandUp(PacketRun run, PacketInReason reason, int bytesMax)
    {
        if (PacketIn is null) return;
        // The bit is about packets that no rule matches (1.0.0 section 5.2.1, 1.3.5 section 7.2.1).
        bool isMuted = reason == PacketInReason.NoMatch
            && parts.Ports.Find(run.InPort) is { } ingress && ingress.Has(PortConfig.NoPacketIn);
        if (isMuted) return;
        byte[] frame = run.Frame.Share();
        bool isHeld = parts.Buffers.CanHold && bytesMax != WholePacket;
        bool tellsContext = Traits.HasPipeline;
        PacketIn(new PacketIn
        {
            BufferId = isHeld ? parts.Buffers.Hold(frame, run.InPort) : BufferId.None,
            TotalBytes = (ushort)frame.Length,
            InPort = run.InPort,
            Reason = reason,
            Table = tellsContext ? run.Table : default,
            Cookie = tellsContext ? run.Entry?.Cookie ?? Traits.NoCookie : default,
            MatchFields = tellsContext ? PacketContext.Write(run) : default,
            Data = isHeld ? frame.AsSpan(0, Math.Min(frame.Length, bytesMax)) : frame,
        });
    }
}
