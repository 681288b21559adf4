using Lime.Core.Rules;
using Lime.Core.Translation;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Switches;

/// <summary>Knows, where packet-ins name no rule (OpenFlow 1.0), which entries an instance has had since what it last
/// confirmed, and so which of them can have sent a packet up.</summary>
/// <remarks>
/// A switch's packet-ins and barrier replies come in order, and commands take effect in theirs: what comes before the
/// reply to a barrier was sent up by the entries as they were at some moment between the last barrier before it and
/// this one. Those moments are gone through from the earliest on; where more than one explains the packet there is no
/// telling, so while rules change without guards a barrier follows each command that matters. Where the evidence for an
/// instance is more than a barrier, that evidence confirms instead; until then the packet's looks tell if they can.
/// Bound: entries that are not those of rules as apps gave them, and commands that are not confirmed, of which there
/// are at most <see cref="UnconfirmedMax"/> without a barrier behind them. Threading: the owner loop's.
/// </remarks>
internal sealed class EntryCourse(Instance instance)
{
    private const int UnconfirmedMax = 64;

    private readonly Dictionary<FlowRule, List<Entry>> _entries = [];
    private readonly Queue<Change> _unconfirmed = [];
    private readonly Queue<(long Last, Task Reply)> _barriers = [];
    private long _last;
    private bool _isGathering;

    /// <summary>Whether what the switch has answered, or has reported to be gone, is so in its data plane.</summary>
    private bool IsSwitchBelieved => instance.Evidence is not { IsMoreThanBarrier: true };

    /// <summary>From now on it has to be known which entries of an instance can have sent a packet up.</summary>
    /// <param name="instance">The instance.</param>
    /// <param name="hasForms">Whether its rules have been installed in the form that they have for the time.</param>
    public static void Begin(Instance instance, bool hasForms)
    {
        EntryCourse course = instance.Course ??= new EntryCourse(instance);
        if (!hasForms) return;
        // Only what sends to the controller has another form.
        foreach (FlowRule rule in instance.VirtualSwitch.Table.ToController)
        {
            if (instance.VirtualSwitch.ControllerFirst.FormOf(rule) is null) continue;
            foreach (PhysicalRule each in instance.EntriesOf(rule, rule.Instructions))
                course.Set(rule, each.Match, EntryUse.Of(rule, isForm: true));
        }
    }

    /// <summary>A command on an entry has been sent.</summary>
    /// <param name="rule">Whose entry.</param>
    /// <param name="match">Its match, in the instance's port numbers.</param>
    /// <param name="after">What it is there for from now on.</param>
    /// <param name="before">What it was there for, unless that is known better from the command before.</param>
    public void Note(FlowRule rule, in Match match, EntryUse after, EntryUse before)
    {
        TakeReplies();
        if (!_entries.TryGetValue(rule, out List<Entry>? entries)) _entries.Add(rule, entries = []);
        Match place = match;
        Entry? entry = entries.Find(each => each.Match == place);
        if (entry is null) entries.Add(entry = new Entry(place, before));
        EntryUse latest = entry.Latest;
        entry.Changes.Add((++_last, after));
        _unconfirmed.Enqueue(new Change(_last, rule, entry) { Xid = instance.LastXid });
        bool isGuarded = instance.VirtualSwitch.Mode == CloneMode.Cloned;
        bool matters = latest.GoesUp || after.GoesUp || _unconfirmed.Count > UnconfirmedMax;
        if (!isGuarded && matters) _ = ConfirmAsync();
    }

    /// <summary>An entry is what it is without a command of now.</summary>
    private void Set(FlowRule rule, in Match match, EntryUse use)
    {
        if (!_entries.TryGetValue(rule, out List<Entry>? entries)) _entries.Add(rule, entries = []);
        entries.Add(new Entry(match, use));
    }

    /// <summary>A barrier has been sent.</summary>
    public void Await(Task reply)
    {
        if (IsSwitchBelieved) _barriers.Enqueue((_last, reply));
    }

    /// <summary>A switch that reports that a deleted entry is gone has carried out what came before.</summary>
    public void IsGone(FlowRemoved message)
    {
        if (!IsSwitchBelieved) return;
        foreach (Change each in _unconfirmed)
        {
            bool isIt = each.Entry.At(each.Number).Kind == EntryUseKind.None
                && each.Entry.Match == message.Match && each.Rule.Priority == message.Priority;
            if (!isIt) continue;
            ConfirmUpTo(each.Number);
            return;
        }
    }

    /// <summary>The switch has refused a command: the entry stays what it was.</summary>
    public void IsRefused(Xid xid)
    {
        foreach (Change each in _unconfirmed)
        {
            if (each.Xid == xid) each.Entry.Changes.RemoveAll(change => change.Number == each.Number);
        }
    }

    /// <summary>All commands so far are in force, or what the instance does besides is nobody's concern any
    /// more.</summary>
    public void ConfirmAll() => ConfirmUpTo(_last);

    /// <summary>The entry that sent a packet up.</summary>
    /// <param name="looks">The packet's fields, with the instance's port number.</param>
    /// <param name="frame">The packet.</param>
    /// <param name="others">The rule in force for it among those whose entries nothing is noted of.</param>
    /// <returns>Null: none can have.</returns>
    public (FlowRule Rule, EntryUse Use)? Find(
        in PacketFields looks, ReadOnlySpan<byte> frame, Func<Func<FlowRule, bool>, (FlowRule, InstructionSet)?> others)
    {
        TakeReplies();
        List<(FlowRule Rule, Entry Entry)> met = Meeting(looks);
        (FlowRule Rule, InstructionSet Did)? other = others(rule => !_entries.ContainsKey(rule));
        (FlowRule Rule, EntryUse Use)? first = null;
        long confirmed = _unconfirmed.TryPeek(out Change oldest) ? oldest.Number - 1 : _last;
        for (long moment = confirmed; moment <= _last; moment++)
        {
            (FlowRule Rule, EntryUse Use)? best = other is { } known ? (known.Rule, EntryUse.OfRule(known.Did)) : null;
            foreach ((FlowRule rule, Entry entry) in met)
            {
                EntryUse use = entry.At(moment);
                bool isThere = use.Kind != EntryUseKind.None;
                if (isThere && (best is null || rule.Key.Priority > best.Value.Rule.Key.Priority)) best = (rule, use);
            }
            if (best is not { } sender || !sender.Use.MayHaveSent(frame)) continue;
            if (IsSwitchBelieved || sender.Use.TellsByLooks) return sender;
            first ??= sender;
        }
        return first;
    }

    private List<(FlowRule, Entry)> Meeting(in PacketFields looks)
    {
        List<(FlowRule, Entry)> met = [];
        foreach ((FlowRule rule, List<Entry> entries) in _entries)
        {
            foreach (Entry each in entries)
            {
                if (each.Match.Matches(looks)) met.Add((rule, each));
            }
        }
        return met;
    }

    private async Task ConfirmAsync()
    {
        try
        {
            if (IsSwitchBelieved) await instance.BarrierAsync();
            else await GatherAsync();
        }
        catch (Exception exception) when (exception is OpenFlowRequestException or OperationCanceledException)
        {
            return; // Lost, or it doesn't answer, or the migration is over: then nothing is known to be in force.
        }
    }

    /// <summary>Gathers evidence until it is there for all that was sent.</summary>
    private async Task GatherAsync()
    {
        if (_isGathering) return;
        _isGathering = true;
        try
        {
            while (_unconfirmed.Count > 0 && instance.Evidence is { } evidence)
            {
                long sent = _last;
                await evidence.AwaitInForceAsync();
                ConfirmUpTo(sent);
            }
        }
        finally
        {
            _isGathering = false;
        }
    }

    private void TakeReplies()
    {
        while (_barriers.TryPeek(out (long Last, Task Reply) barrier) && barrier.Reply.IsCompleted)
        {
            _barriers.Dequeue();
            if (barrier.Reply.IsCompletedSuccessfully) ConfirmUpTo(barrier.Last);
        }
    }

    private void ConfirmUpTo(long number)
    {
        while (_unconfirmed.TryPeek(out Change change) && change.Number <= number)
        {
            _unconfirmed.Dequeue();
            Entry entry = change.Entry;
            entry.Confirm(change.Number);
            bool isOrdinary = entry.Changes.Count == 0
                && entry.Base.Kind is EntryUseKind.None or EntryUseKind.Rule;
            if (!isOrdinary || !_entries.TryGetValue(change.Rule, out List<Entry>? entries)) continue;
            entries.Remove(entry);
            if (entries.Count == 0) _entries.Remove(change.Rule);
        }
    }

    private readonly record struct Change(long Number, FlowRule Rule, Entry Entry)
    {
        /// <summary>The command's id at the switch.</summary>
        public Xid Xid { get; init; }
    }

    /// <summary>An entry, as it was when last confirmed and as commands since then make it.</summary>
    private sealed class Entry(Match match, EntryUse use)
    {
        public Match Match { get; } = match;

        public EntryUse Base { get; private set; } = use;

        public List<(long Number, EntryUse Use)> Changes { get; } = [];

        public EntryUse Latest => Changes.Count > 0 ? Changes[^1].Use : Base;

        public EntryUse At(long moment)
        {
            EntryUse use = Base;
            foreach ((long number, EntryUse each) in Changes)
            {
                if (number <= moment) use = each;
            }
            return use;
        }

        public void Confirm(long number)
        {
            Base = At(number);
            Changes.RemoveAll(each => each.Number <= number);
        }
    }
}
