using System.Collections.Immutable;
using System.Runtime.CompilerServices;
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

    /// <param name="flowMod">The command.</param>
    /// <param name="appXid">Its id.</param>
    /// <param name="hasWaited">Whether it was taken before, so that it is too late to refuse it for want of room; it
    /// stands in line then.</param>
    public SendResult Send(in FlowMod flowMod, Xid appXid, bool hasWaited = false)
    {
        if (virtualSwitch.Primary is not { Physical.Channel: { Codec: { } codec } channel } primary)
            return new SendResult(SendOutcome.NotConnected, default);
        if (primary.Physical.IsCongested && !hasWaited) return new SendResult(SendOutcome.OutboxFull, default);
        if (primary.Course is not null) primary.LeaveEntries();
        if (virtualSwitch.Buffers.IsActive && flowMod.BufferId != BufferId.None)
            return SendAndRelease(flowMod, appXid, hasWaited, primary.Physical);
        bool isPlainAdd = !hasWaited && flowMod.Command == FlowModCommand.Add
            && (flowMod.Flags & ~(FlowModFlags.SendFlowRemoved | FlowRule.KeptFlags)) == 0
            && flowMod.Table != TableId.All && flowMod.OutPort == PortNumber.Any && flowMod.OutGroup == GroupId.Any
            && !virtualSwitch.Miss.IsReplacedBy(flowMod)
            && primary is { Map.IsIdentity: true, Course: null } && virtualSwitch.Follower is null;
        if (isPlainAdd)
        {
            RulePlace place = virtualSwitch.Table.PlaceOf(flowMod);
            if (place.Rule is not null || !virtualSwitch.Table.IsFull)
                return AddPlainly(flowMod, appXid, place, (primary, channel));
        }
        return Resolve(flowMod, appXid, codec, primary);
    }

    /// <summary>As <see cref="Send(in FlowMod, Xid, bool)"/>, where a packet that it names is known by an id of
    /// ours.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private SendResult SendAndRelease(in FlowMod flowMod, Xid appXid, bool hasWaited, PhysicalSwitch physical)
    {
        SendResult result = Send(flowMod with { BufferId = BufferId.None }, appXid, hasWaited);
        if (result.Outcome != SendOutcome.Queued) return result;
        // A switch may reorder what no barrier parts.
        _ = physical.TryBarrierAsync();
        virtualSwitch.ReleaseBuffer(flowMod, appXid);
        return result;
    }

    /// <summary>A command on a group, meter, port or table.</summary>
    public SendResult Send(OpenFlowMessage command, Xid appXid, bool hasWaited = false)
    {
        if (virtualSwitch.Primary is not { Physical.Channel.Codec: { } codec } primary)
            return new SendResult(SendOutcome.NotConnected, default);
        if (primary.Physical.IsCongested && !hasWaited) return new SendResult(SendOutcome.OutboxFull, default);
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
        virtualSwitch.Miss.Bridge(_changes);
        Issue(primary, BufferId.None);
        virtualSwitch.Resources.Issue(command, appXid);
        return new SendResult(SendOutcome.Queued, appXid);
    }

    /// <summary>The packet path: nothing to translate, one message, no allocation when the rule is
    /// there.</summary>
    private SendResult AddPlainly(
        in FlowMod flowMod, Xid appXid, in RulePlace place, (Instance Instance, OpenFlowChannel Channel) to)
    {
        Xid xid = to.Channel.NextXid();
        SendOutcome outcome = to.Channel.Send(xid, flowMod, flowMod.Flags | FlowModFlags.SendFlowRemoved);
        if (outcome != SendOutcome.Queued) return new SendResult(outcome, default);
        to.Instance.Trail.Add(xid, appXid);
        virtualSwitch.SerialOrder?.Invoke(new(appXid));
        // Its timeouts are the switch's own: there is no other instance, and no part with entries of its own.
        virtualSwitch.Table.Put(flowMod, appXid, virtualSwitch.Loop.TurnTicks(), place);
        return new SendResult(SendOutcome.Queued, appXid);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private SendResult Resolve(in FlowMod flowMod, Xid appXid, OpenFlowCodec codec, Instance primary)
    {
        // Throws here, before anything changes, for what the version cannot say.
        virtualSwitch.Quotes.Remember(codec, appXid, flowMod);
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
        virtualSwitch.Miss.Bridge(_changes);
        FlowMod? whole = WholeCommand.Find(virtualSwitch, primary, flowMod, _changes);
        if (whole is { } once) primary.Send(appXid, once);
        Issue(primary, flowMod.BufferId, isSent: whole is not null);
        return new SendResult(SendOutcome.Queued, appXid);
    }

    private void Issue(Instance primary, BufferId bufferId, bool isSent = false)
    {
        WholeCommand.InOrder(_changes);
        foreach (RuleChange change in _changes)
        {
            virtualSwitch.Timeouts.Changed(change);
            virtualSwitch.ControllerFirst.RuleChanges(primary, change);
            if (isSent) primary.NoteChanged(change.Rule, change.Before);
            if (isSent) NoteSent(change, primary);
            else Issue(change, primary, bufferId);
            virtualSwitch.Follower?.Follow(change);
            bufferId = BufferId.None;
        }
        foreach (RuleChange change in _changes)
        {
            if (change.Kind == RuleChangeKind.Removed) virtualSwitch.RuleWasRemoved(change.Rule);
        }
    }

    /// <summary>One command has been sent for all changes.</summary>
    private void NoteSent(in RuleChange change, Instance instance)
    {
        if (change.Kind != RuleChangeKind.Removed) return;
        var removal = new Removal(change.Rule, change.Reason, virtualSwitch.Loop.NowTicks);
        instance.Deletions.Expect(change.Rule, change.Before!.Value, removal);
        if (removal.Outstanding == 0) virtualSwitch.Report(removal);
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
                instance.Deletions.Delete(change.Rule, change.Before!.Value, removal);
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
