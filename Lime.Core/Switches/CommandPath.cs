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
        if (flowMod.BufferId != BufferId.None && virtualSwitch.Buffers.IsActive)
            return SendAndRelease(flowMod, appXid, primary.Physical);
        bool isPlainAdd = flowMod.Command == FlowModCommand.Add
            && (flowMod.Flags & ~(FlowModFlags.SendFlowRemoved | FlowRule.KeptFlags)) == 0
            && flowMod.Table != TableId.All && !virtualSwitch.Miss.IsReplacedBy(flowMod)
            && primary.Map.IsIdentity && virtualSwitch.Follower is null;
        if (isPlainAdd && !virtualSwitch.Table.IsFullFor(flowMod)) return AddPlainly(flowMod, appXid, primary, channel);
        // Throws here, before anything changes, for what the version cannot say.
        virtualSwitch.Quotes.Remember(codec, appXid, flowMod);
        return Resolve(flowMod, appXid, codec, primary);
    }

    /// <summary>As <see cref="Send(in FlowMod, Xid)"/>, where a packet that it names is known by an id of
    /// ours.</summary>
    private SendResult SendAndRelease(in FlowMod flowMod, Xid appXid, PhysicalSwitch physical)
    {
        SendResult result = Send(flowMod with { BufferId = BufferId.None }, appXid);
        if (result.Outcome != SendOutcome.Queued) return result;
        // A switch may reorder what no barrier parts.
        _ = physical.TryBarrierAsync();
        virtualSwitch.ReleaseBuffer(flowMod, appXid);
        return result;
    }

    /// <summary>A command on a group, meter, port or table.</summary>
    public SendResult Send(OpenFlowMessage command, Xid appXid)
    {
        if (virtualSwitch.Primary is not { Physical.Channel.Codec: { } codec } primary)
            return new SendResult(SendOutcome.NotConnected, default);
        if (primary.Physical.IsCongested) return new SendResult(SendOutcome.OutboxFull, default);
        // Throws here, before anything changes, for what the version cannot say.
        virtualSwitch.Quotes.Remember(codec, appXid, command);
        virtualSwitch.SerialOrder?.Invoke(new(appXid));
        if (virtualSwitch.Resources.FindFault(command) is { } fault)
        {
            virtualSwitch.Refuse(appXid, fault, Quote(codec, appXid, command));
            return new SendResult(SendOutcome.Queued, appXid);
        }
        _changes.Clear();
        virtualSwitch.Resources.Apply(command, appXid, _changes);
        Issue(primary, BufferId.None);
        virtualSwitch.Resources.Issue(command, appXid);
        return new SendResult(SendOutcome.Queued, appXid);
    }

    /// <summary>The packet path: nothing to translate, one message, no allocation when the rule is
    /// there.</summary>
    private SendResult AddPlainly(in FlowMod flowMod, Xid appXid, Instance primary, OpenFlowChannel channel)
    {
        Xid xid = channel.NextXid();
        SendOutcome outcome = channel.Send(xid, flowMod with
        {
            Flags = flowMod.Flags | FlowModFlags.SendFlowRemoved,
            OutPort = PortNumber.Any,
            OutGroup = GroupId.Any,
        });
        if (outcome != SendOutcome.Queued) return new SendResult(outcome, default);
        primary.Trail.Add(xid, appXid);
        virtualSwitch.SerialOrder?.Invoke(new(appXid));
        virtualSwitch.Table.TryAdd(flowMod, appXid, virtualSwitch.Loop.NowTicks, out RuleChange change);
        virtualSwitch.Timeouts.Changed(change);
        return new SendResult(SendOutcome.Queued, appXid);
    }

    private SendResult Resolve(in FlowMod flowMod, Xid appXid, OpenFlowCodec codec, Instance primary)
    {
        virtualSwitch.SerialOrder?.Invoke(new(appXid));
        _changes.Clear();
        (ErrorType, ushort)? refusal = CommandResolution.Resolve(
            virtualSwitch.Table,
            flowMod,
            primary.ContextOf(appXid),
            _changes);
        if (refusal is { } reason)
        {
            virtualSwitch.Refuse(appXid, reason, Quote(codec, appXid, flowMod));
            return new SendResult(SendOutcome.Queued, appXid);
        }
        virtualSwitch.Reconciliation.Note(flowMod);
        Issue(primary, flowMod.BufferId);
        return new SendResult(SendOutcome.Queued, appXid);
    }

    private void Issue(Instance primary, BufferId bufferId)
    {
        foreach (RuleChange change in _changes)
        {
            virtualSwitch.Timeouts.Changed(change);
            Issue(change, primary, bufferId);
            virtualSwitch.Follower?.Follow(change);
            bufferId = BufferId.None;
        }
        foreach (RuleChange change in _changes)
        {
            if (change.Kind == RuleChangeKind.Removed) virtualSwitch.RuleWasRemoved(change.Rule);
        }
    }

    private void Issue(in RuleChange change, Instance instance, BufferId bufferId)
    {
        switch (change.Kind)
        {
            case RuleChangeKind.Added or RuleChangeKind.Replaced:
                bool countsAnew = change.CountsAnew || TableMissRule.IsReplacedBy(change);
                instance.Install(change.Rule, FlowModCommand.Add, change.Before, bufferId, countsAnew);
                break;
            case RuleChangeKind.Modified:
                instance.Install(
                    change.Rule, FlowModCommand.ModifyStrict, change.Before, bufferId, change.CountsAnew);
                break;
            default:
                var removal = new Removal(change.Rule, change.Reason, virtualSwitch.Loop.NowTicks);
                instance.Delete(change.Rule, change.Before!.Value, removal);
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

    /// <summary>The first 64 bytes of the app's own message.</summary>
    public static ImmutableArray<byte> Quote(OpenFlowCodec codec, Xid xid, in PacketOut packetOut)
    {
        var frame = new byte[codec.SizeOf(packetOut)];
        codec.Write(frame, xid, packetOut);
        return [.. frame.AsSpan(0, Math.Min(64, frame.Length))];
    }

    /// <summary>The first 64 bytes of the app's own message.</summary>
    public static ImmutableArray<byte> Quote(OpenFlowCodec codec, Xid xid, OpenFlowMessage message)
    {
        var frame = new byte[codec.SizeOf(message)];
        codec.Write(frame, xid, message);
        return [.. frame.AsSpan(0, Math.Min(64, frame.Length))];
    }
}
