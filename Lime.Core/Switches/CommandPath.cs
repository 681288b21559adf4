using System.Collections.Immutable;
using Lime.Core.Apps;
using Lime.Core.Rules;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Wire;

namespace Lime.Core.Switches;

/// <summary>An app's flow-mod on its way to the one instance, and to the one that is being filled.</summary>
/// <remarks>Threading: the owner loop's.</remarks>
internal sealed class CommandPath(VirtualSwitch virtualSwitch)
{
    private readonly List<RuleChange> _changes = [];

    public SendResult Send(in FlowMod flowMod, Xid appXid)
    {
        if (virtualSwitch.Primary is not { Physical.Channel: { Codec: { } codec } channel } primary)
            return new SendResult(SendOutcome.NotConnected, default);
        if (primary.Physical.IsCongested) return new SendResult(SendOutcome.OutboxFull, default);
        bool isPlainAdd = flowMod.Command == FlowModCommand.Add
            && (flowMod.Flags & ~FlowModFlags.SendFlowRemoved) == 0
            && primary.Map.IsIdentity && virtualSwitch.Follower is null;
        if (isPlainAdd && !virtualSwitch.Table.IsFullFor(flowMod)) return AddPlainly(flowMod, appXid, primary, channel);
        codec.SizeOf(flowMod); // Throws here, before anything changes, for what the version cannot say.
        return Resolve(flowMod, appXid, codec, primary);
    }

    /// <summary>The packet path: nothing to translate, one message, no allocation when the rule is
    /// there.</summary>
    private SendResult AddPlainly(in FlowMod flowMod, Xid appXid, Instance primary, OpenFlowChannel channel)
    {
        Xid xid = channel.NextXid();
        SendOutcome outcome = channel.Send(xid, flowMod with
        {
            Flags = FlowModFlags.SendFlowRemoved,
            OutPort = PortNumber.Any,
        });
        if (outcome != SendOutcome.Queued) return new SendResult(outcome, default);
        primary.Trail.Add(xid, appXid);
        virtualSwitch.Table.TryAdd(flowMod, appXid, virtualSwitch.Loop.NowTicks, out RuleChange change);
        virtualSwitch.Timeouts.Changed(change);
        return new SendResult(SendOutcome.Queued, appXid);
    }

    private SendResult Resolve(in FlowMod flowMod, Xid appXid, OpenFlowCodec codec, Instance primary)
    {
        _changes.Clear();
        (ErrorType, ushort)? refusal = CommandResolution.Resolve(
            virtualSwitch.Table,
            flowMod,
            new CommandContext(appXid, virtualSwitch.Loop.NowTicks, primary.Map),
            _changes);
        if (refusal is { } reason)
        {
            virtualSwitch.Refuse(appXid, reason, Quote(codec, appXid, flowMod));
            return new SendResult(SendOutcome.Queued, appXid);
        }
        virtualSwitch.Reconciliation.Note(flowMod);
        BufferId bufferId = flowMod.BufferId;
        foreach (RuleChange change in _changes)
        {
            virtualSwitch.Timeouts.Changed(change);
            Issue(change, primary, bufferId);
            virtualSwitch.Follower?.Follow(change);
            bufferId = BufferId.None;
        }
        return new SendResult(SendOutcome.Queued, appXid);
    }

    private void Issue(in RuleChange change, Instance instance, BufferId bufferId)
    {
        switch (change.Kind)
        {
            case RuleChangeKind.Added or RuleChangeKind.Replaced:
                instance.Install(change.Rule, FlowModCommand.Add, change.ActionsBefore, bufferId);
                break;
            case RuleChangeKind.Modified:
                instance.Install(change.Rule, FlowModCommand.ModifyStrict, change.ActionsBefore, bufferId);
                break;
            default:
                var removal = new Removal(change.Rule, FlowRemovedReason.Delete, virtualSwitch.Loop.NowTicks);
                instance.Delete(change.Rule, change.ActionsBefore!, removal);
                if (removal.Outstanding == 0) virtualSwitch.Report(removal);
                break;
        }
    }

    /// <summary>The first 64 bytes of the app's own message, which an error has to quote (OpenFlow 1.0.0
    /// section 5.4.4).</summary>
    public static ImmutableArray<byte> Quote(OpenFlowCodec codec, Xid xid, in FlowMod flowMod)
    {
        var frame = new byte[codec.SizeOf(flowMod)];
        codec.Write(frame, xid, flowMod);
        return [.. frame.AsSpan(0, Math.Min(64, frame.Length))];
    }
}
