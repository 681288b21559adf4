using Lime.Core.Apps;
using Lime.Core.Rules;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Switches;

/// <summary>The line in which an app's commands wait while several instances live, or none may be
/// changed.</summary>
/// <remarks>One transaction at a time, in the app's order (paper section 4.1). Packet-outs that don't go
/// through the table pass by. Bound: <see cref="VirtualSwitchLimits.QueuedCommandsMax"/>; more are refused as
/// by a full outbox. Threading: the owner loop's.</remarks>
internal sealed class UpdateQueue(VirtualSwitch virtualSwitch, VirtualSwitchLimits limits)
{
    private readonly Queue<QueuedCommand> _waiting = [];
    private readonly TwoPhaseUpdate _update = new(virtualSwitch, limits.HeldPacketsMax);
    private TaskCompletionSource? _paused;
    private bool _isPumping;
    private bool _isPaused;

    /// <summary>Whether nothing waits and nothing is under way.</summary>
    public bool IsIdle => _waiting.Count == 0 && !_isPumping;

    /// <summary>Two-phase updates so far, packets held in them, and packets lost because too many were
    /// held.</summary>
    public (long Updates, long Held, long Lost) Counts => (_update.Updates, _update.Held, _update.Lost);

    public SendResult Enqueue(in FlowMod flowMod)
    {
        if (virtualSwitch.Primary?.Physical.Channel?.Codec is not { } codec)
            return new SendResult(SendOutcome.NotConnected, default);
        if (_waiting.Count >= limits.QueuedCommandsMax) return new SendResult(SendOutcome.OutboxFull, default);
        Xid xid = virtualSwitch.NextXid();
        virtualSwitch.Quotes.Remember(codec, xid, flowMod); // Throws here, at the caller, for what can't be said.
        Add(new QueuedCommand(flowMod, xid));
        return new SendResult(SendOutcome.Queued, xid);
    }

    /// <summary>A command on a group, meter, port or table.</summary>
    public SendResult Enqueue(OpenFlowMessage command)
    {
        if (virtualSwitch.Primary?.Physical.Channel?.Codec is not { } codec)
            return new SendResult(SendOutcome.NotConnected, default);
        if (_waiting.Count >= limits.QueuedCommandsMax) return new SendResult(SendOutcome.OutboxFull, default);
        Xid xid = virtualSwitch.NextXid();
        virtualSwitch.Quotes.Remember(codec, xid, command); // Throws here, at the caller, for what can't be said.
        Add(new QueuedCommand(command, xid));
        return new SendResult(SendOutcome.Queued, xid);
    }

    public SendResult Enqueue(in PacketOut packetOut)
    {
        bool mustWait = virtualSwitch.Mode == CloneMode.Frozen
            || (!IsIdle && packetOut.Actions.SendsTo(PortNumber.Table));
        if (!mustWait) return virtualSwitch.SendNow(packetOut);
        if (_waiting.Count >= limits.QueuedCommandsMax) return new SendResult(SendOutcome.OutboxFull, default);
        Add(new QueuedCommand(new QueuedPacketOut(packetOut)));
        return new SendResult(SendOutcome.Queued, virtualSwitch.NextXid());
    }

    /// <summary>Completes when everything before it has taken effect at every instance.</summary>
    public Task EnqueueBarrier()
    {
        var reached = new TaskCompletionSource();
        Add(new QueuedCommand(reached));
        return reached.Task;
    }

    /// <summary>As <see cref="EnqueueBarrier"/>, if anything is before it.</summary>
    public Task EnqueueBarrierIfBusy() => IsIdle ? Task.CompletedTask : EnqueueBarrier();

    /// <summary>Completes when the transaction under way has ended; the next one waits for
    /// <see cref="Resume"/>. Not when nothing waits any more: an app that never rests would hold up a
    /// hand-over for ever.</summary>
    public Task PauseAsync()
    {
        _isPaused = true;
        if (!_isPumping) return Task.CompletedTask;
        _paused ??= new TaskCompletionSource();
        return _paused.Task;
    }

    /// <summary>Goes on after the mode has changed, or after a pause.</summary>
    public void Resume()
    {
        _isPaused = false;
        Pump();
    }

    /// <summary>A packet that came up because of a guard rule: held, or sent on by the rule that is there
    /// now.</summary>
    /// <returns>False if apps are to see it.</returns>
    public bool TryHold(Instance instance, in PacketIn packetIn, PortNumber virtualPort) =>
        _update.TryHold(instance, packetIn, virtualPort);

    private void Add(QueuedCommand command)
    {
        _waiting.Enqueue(command);
        Pump();
    }

    private bool IsHeldUp => _isPaused || virtualSwitch.Mode == CloneMode.Frozen;

    private void Pump()
    {
        if (!_isPumping && !IsHeldUp && _waiting.Count > 0) _ = PumpAsync();
    }

    private async Task PumpAsync()
    {
        _isPumping = true;
        while (_waiting.Count > 0 && !IsHeldUp)
        {
            await TakeNextAsync();
            if (_waiting.Count <= limits.QueuedCommandsMax / 2) virtualSwitch.Drained();
        }
        _isPumping = false;
        TaskCompletionSource? paused = _paused;
        _paused = null;
        paused?.SetResult();
    }

    private async Task TakeNextAsync()
    {
        QueuedCommand next = _waiting.Dequeue();
        if (next.Barrier is { } barrier)
        {
            await virtualSwitch.BarrierAllAsync();
            barrier.SetResult();
        }
        else if (next.PacketOut is { } packetOut)
        {
            virtualSwitch.SendNow(packetOut.ToMessage());
        }
        else if (virtualSwitch.Mode == CloneMode.Single)
        {
            if (next.Message is { } message) virtualSwitch.SendNow(message, next.Xid);
            else virtualSwitch.SendNow(next.FlowMod, next.Xid);
        }
        else
        {
            await _update.RunAsync(TakeBatch(next));
        }
    }

    /// <summary>Additions of different rules that wait one behind the other share a transaction.</summary>
    private List<QueuedCommand> TakeBatch(QueuedCommand first)
    {
        var batch = new List<QueuedCommand> { first };
        if (!first.IsFlowMod || first.FlowMod.Command != FlowModCommand.Add) return batch;
        var keys = new HashSet<RuleKey> { KeyOf(first) };
        while (batch.Count < limits.CopyBatchRules && _waiting.TryPeek(out QueuedCommand? next)
            && next.IsFlowMod && next.FlowMod.Command == FlowModCommand.Add && keys.Add(KeyOf(next)))
        {
            batch.Add(_waiting.Dequeue());
        }
        return batch;
    }

    private RuleKey KeyOf(QueuedCommand command) => RuleKey.Of(
        command.FlowMod.Match, command.FlowMod.Priority, command.FlowMod.Table, virtualSwitch.Table.Semantics);
}
