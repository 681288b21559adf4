using Lime.Core.Apps;
using Lime.Core.Migration;
using Lime.Core.Rules;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Switches;

/// <summary>The line in which an app's commands wait while several instances live, or none may be
/// changed.</summary>
/// <remarks>One transaction at a time, in the app's order (paper section 4.1). So are packet-outs: an answer to the
/// packet must find the rules that were given before it (H-30). Bound: <see
/// cref="VirtualSwitchLimits.QueuedCommandsMax"/>; more are refused as by a full outbox. Threading: the owner
/// loop's.</remarks>
internal sealed class UpdateQueue(VirtualSwitch virtualSwitch, VirtualSwitchLimits limits)
{
    private readonly Queue<QueuedCommand> _waiting = [];

    /// <summary>Ends of rules' time. No app has given them a place among its commands, and a switch, too, may see late
    /// that a rule is due.</summary>
    private readonly Queue<QueuedCommand> _ends = [];

    private readonly TwoPhaseUpdate _update = new(virtualSwitch, limits.HeldPacketsMax);
    private TaskCompletionSource? _paused;
    private bool _isPumping;
    private bool _isPaused;
    private bool _haveEndsWaited;

    /// <summary>Whether nothing waits and nothing is under way.</summary>
    public bool IsIdle => !IsAnyWaiting && !_isPumping;

    /// <summary>Which instances carry traffic, and have to confirm what is sent.</summary>
    public Carriers Carriers { get; } = new(virtualSwitch);

    /// <summary>Two-phase updates so far, packets held in them, and packets lost because too many were
    /// held.</summary>
    public (long Updates, long Held, long Lost) Counts => (_update.Updates, _update.Held, _update.Lost);

    /// <summary>A second instance is about to carry traffic: from now on updates are made as a plan says.</summary>
    public void Begin(UpdateTerms terms)
    {
        _update.Terms = terms;
        Carriers.Begin();
    }

    /// <summary>The migration has ended; nothing waits for an instance that has gone.</summary>
    public void End()
    {
        Carriers.End();
        _update.Terms.Account.Close();
        _update.Terms = UpdateTerms.None(virtualSwitch.Loop);
    }

    /// <summary>Whether packets of guards that are gone may still come, and only their looks tell them.</summary>
    public bool MayComeLate => _update.MayComeLate;

    /// <summary>Packets that an instance sent up and that have been sent on, and whether one of them is still
    /// held.</summary>
    public (long Released, bool HoldsPackets) Holding(DatapathId instance) => _update.Holding(instance);

    /// <summary>Whether commands are refused.</summary>
    public bool IsFull => _waiting.Count >= limits.QueuedCommandsMax;

    /// <param name="flowMod">The flow-mod.</param>
    /// <param name="isTaken">Whether an app was told already that it is taken.</param>
    public SendResult Enqueue(in FlowMod flowMod, bool isTaken = false)
    {
        if (virtualSwitch.Primary?.Physical.Channel?.Codec is not { } codec)
            return new SendResult(SendOutcome.NotConnected, default);
        if (!isTaken && IsFull) return new SendResult(SendOutcome.OutboxFull, default);
        Xid xid = virtualSwitch.NextXid();
        virtualSwitch.Quotes.Remember(codec, xid, flowMod); // Throws here, at the caller, for what can't be said.
        Add(new QueuedCommand(flowMod, xid));
        return new SendResult(SendOutcome.Queued, xid);
    }

    /// <summary>A command on a group, meter, port or table.</summary>
    public SendResult Enqueue(OpenFlowMessage command, bool isTaken = false)
    {
        if (virtualSwitch.Primary?.Physical.Channel?.Codec is not { } codec)
            return new SendResult(SendOutcome.NotConnected, default);
        if (!isTaken && IsFull) return new SendResult(SendOutcome.OutboxFull, default);
        Xid xid = virtualSwitch.NextXid();
        virtualSwitch.Quotes.Remember(codec, xid, command); // Throws here, at the caller, for what can't be said.
        Add(new QueuedCommand(command, xid));
        return new SendResult(SendOutcome.Queued, xid);
    }

    public SendResult Enqueue(in PacketOut packetOut, bool isTaken = false)
    {
        bool mustWait = isTaken || virtualSwitch.Mode == CloneMode.Frozen || !IsIdle;
        if (!mustWait) return virtualSwitch.SendNow(packetOut, virtualSwitch.NextXid());
        if (!isTaken && IsFull) return new SendResult(SendOutcome.OutboxFull, default);
        Xid xid = virtualSwitch.NextXid();
        Add(new QueuedCommand(new QueuedPacketOut(packetOut), xid));
        return new SendResult(SendOutcome.Queued, xid);
    }

    /// <summary>The end of a rule's time; one a rule at a time, so that it needs no bound.</summary>
    public void Enqueue(RuleExpiry expiry)
    {
        _ends.Enqueue(new QueuedCommand(expiry));
        Pump();
    }

    /// <summary>Completes when everything before it has taken effect at every instance.</summary>
    public Task EnqueueBarrier()
    {
        var reached = new TaskCompletionSource();
        Add(new QueuedCommand(reached));
        return reached.Task;
    }

    /// <summary>A turn for a reading of counters, which has to be ended.</summary>
    /// <returns>Null: nothing is under way, and what comes goes to the one instance behind the reading.</returns>
    public QueuedReading? EnqueueReading()
    {
        bool isAlone = virtualSwitch.Mode == CloneMode.Single && IsIdle;
        if (isAlone || IsHeldUp) return null;
        var reading = new QueuedReading();
        Add(new QueuedCommand(reading));
        return reading;
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

    /// <summary>A rule in a form of Lime's has changed without a guard.</summary>
    public void FormHasChanged(Instance instance, FlowRule rule) => _update.FormHasChanged(instance, rule);

    private void Add(QueuedCommand command)
    {
        _waiting.Enqueue(command);
        Pump();
    }

    private bool IsAnyWaiting => _waiting.Count + _ends.Count > 0;

    private bool IsHeldUp => _isPaused || virtualSwitch.Mode == CloneMode.Frozen;

    private void Pump()
    {
        if (!_isPumping && !IsHeldUp && IsAnyWaiting) _ = PumpAsync();
    }

    private async Task PumpAsync()
    {
        _isPumping = true;
        while (IsAnyWaiting && !IsHeldUp)
        {
            try
            {
                await TakeNextAsync();
            }
            catch (Exception exception)
            {
                // The blast radius of an update is its migration; what comes behind goes on.
                _update.Terms.Fail($"A rule could not be changed: {exception.Message}");
            }
            if (_waiting.Count <= limits.QueuedCommandsMax / 2) virtualSwitch.Drained();
        }
        _isPumping = false;
        // Nothing changes while updates rest, and whoever made them rest may be waiting for the readings' end.
        foreach (QueuedCommand each in _waiting) each.Reading?.Begin();
        TaskCompletionSource? paused = _paused;
        _paused = null;
        paused?.SetResult();
    }

    private async Task TakeNextAsync()
    {
        QueuedCommand next = Dequeue();
        if (!next.IsUpdate || virtualSwitch.Mode == CloneMode.Single) await TakeSimplyAsync(next);
        else if (_update.Terms.Detour is { } detour && await HasBegunAsync(detour)) await TakeAsideAsync(next, detour);
        else await _update.RunAsync(TakeBatch(next));
    }

    /// <summary>Ends come behind the app's commands, with which they may share a transaction, and let only one
    /// transaction go before them that they can't share.</summary>
    private QueuedCommand Dequeue()
    {
        bool isEnd = _ends.Count > 0 && (_waiting.Count == 0 || _haveEndsWaited);
        _haveEndsWaited = !isEnd && _ends.Count > 0;
        return isEnd ? _ends.Dequeue() : _waiting.Dequeue();
    }

    private async Task TakeSimplyAsync(QueuedCommand next)
    {
        if (next.Barrier is { } barrier)
        {
            await _update.ConfirmForAppAsync();
            await virtualSwitch.Leaving.AllToldAsync();
            if (virtualSwitch is { Mode: CloneMode.Single, IsConnected: false }) barrier.SetException(NotConnected());
            else barrier.SetResult();
        }
        else if (next.Reading is { } reading)
        {
            reading.Begin();
            await reading.Ended;
        }
        else if (next.PacketOut is { } packetOut)
        {
            NoteIfLost(virtualSwitch.SendTaken(packetOut.ToMessage(), next.Xid), next.Xid);
        }
        else if (next.Expiry is { } expiry)
        {
            virtualSwitch.Timeouts.Expire(expiry);
        }
        else if (next.Message is { } message)
        {
            NoteIfLost(virtualSwitch.SendTaken(message, next.Xid), next.Xid);
        }
        else
        {
            NoteIfLost(virtualSwitch.SendTaken(next.FlowMod, next.Xid), next.Xid);
        }
    }

    /// <summary>A command that was taken and whose switch is gone is lost with the connection, as it is on its way to
    /// an
    /// ordinary switch; apps learn that the switch is down.</summary>
    private void NoteIfLost(SendResult result, Xid xid)
    {
        if (result.Outcome != SendOutcome.Queued)
            virtualSwitch.SerialOrder?.Invoke(new SerialOrderEntry(xid) { IsLost = true });
    }

    private OpenFlowRequestException NotConnected() =>
        new(RequestFailure.NotConnected, $"{virtualSwitch.Name} is not connected.");

    /// <summary>Whether all traffic is steered to one instance; if it can't be, updates are guarded.</summary>
    private async Task<bool> HasBegunAsync(Detour detour)
    {
        if (detour.IsClosed) return false;
        _update.Terms.Account.Begin();
        try
        {
            await detour.BeginAsync();
            _update.Terms.Account.TrafficWasSteered();
            return true;
        }
        catch (Exception exception) when (exception
            is MigrationStepException or OpenFlowRequestException or OperationCanceledException)
        {
            if (!detour.IsClosed) _update.Terms.Fail($"Traffic could not be steered aside: {exception.Message}");
            return false;
        }
    }

    /// <summary>Carries out all that waits, in order, within one detour.</summary>
    private async Task TakeAsideAsync(QueuedCommand first, Detour detour)
    {
        UpdateTerms terms = _update.Terms;
        long before = _update.MessagesSent;
        QueuedCommand? next = first;
        try
        {
            for (int i = 0; next is not null; i++)
            {
                if (next.IsUpdate) await _update.RunAsideAsync(next);
                else await TakeSimplyAsync(next);
                bool mayGoOn = i < limits.CopyBatchRules && !IsHeldUp && !detour.IsClosed;
                next = mayGoOn && IsAnyWaiting ? Dequeue() : null;
            }
            // Both instances decide over packets again behind this; a detour takes long enough for real evidence.
            await _update.ConfirmAsync(wantsEvidence: true);
        }
        finally
        {
            await EndAsync(detour, terms);
            terms.Account.End(_update.MessagesSent - before);
        }
    }

    private static async Task EndAsync(Detour detour, UpdateTerms terms)
    {
        try
        {
            await detour.EndAsync();
        }
        catch (Exception exception) when (exception is MigrationStepException or OpenFlowRequestException)
        {
            terms.Fail($"Traffic could not be steered back: {exception.Message}");
        }
    }

    /// <summary>Commands that wait one behind the other and may share a transaction.</summary>
    private List<QueuedCommand> TakeBatch(QueuedCommand first)
    {
        var batch = new UpdateBatch(virtualSwitch.Table.Semantics);
        if (!batch.TryAdd(first)) return [first];
        while (batch.Commands.Count < limits.CopyBatchRules
            && _waiting.TryPeek(out QueuedCommand? next) && batch.TryAdd(next))
        {
            _waiting.Dequeue();
        }
        // Ends of rules' time are deletions, so they come last.
        while (batch.Commands.Count < limits.CopyBatchRules
            && _ends.TryPeek(out QueuedCommand? end) && batch.TryAdd(end))
        {
            _ends.Dequeue();
            _haveEndsWaited = false;
        }
        return batch.Commands;
    }
}
