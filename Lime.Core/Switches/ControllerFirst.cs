using Lime.Core.Rules;
using Lime.Core.Translation;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Switches;

/// <summary>Rules that send to the controller and do more besides: while several instances live they send to the
/// controller only, and Lime does the rest once apps have seen the packet, so that the packet-in of an answer, by
/// another instance, never overtakes that of its question (paper section 4.1).</summary>
/// <remarks>A rule that asks for a part of the packet is among them: what apps don't ask for Lime keeps, should they
/// name the packet later. Counters go on, since the entry stays; in 1.3 it bears a mark for a cookie.
/// Life cycle: <see cref="BeginAsync"/> before a clone is filled, <see cref="EndAsync"/> when one instance is left.
/// In 1.0, where packet-ins name no rule, those that come before a change of the rules is confirmed count as from
/// before it: a packet that passes between the change and the barrier behind it may be lost or doubled. Threading:
/// the owner loop's. Where the evidence for an instance is more than a barrier its word is not taken for rules whose
/// packets tell by their looks: those stay in doubt until the evidence is there.</remarks>
internal sealed class ControllerFirst(VirtualSwitch virtualSwitch)
{
    /// <summary>More than a switch has under way.</summary>
    private const int SentMax = 64;

    private readonly Dictionary<FlowRule, Form> _present = [];
    private readonly GuardMarks _marks = new(GuardMarks.ControllerFirst);
    private readonly HashSet<FlowRule> _unconfirmed = [];
    private readonly HashSet<FlowRule> _ending = [];
    private readonly Queue<byte[]> _sent = [];
    private bool _isOn;
    private int _generation;

    /// <summary>Completes when no rule is in doubt any more.</summary>
    public Task Settled { get; private set; } = Task.CompletedTask;

    /// <summary>Whether packets may come that apps have to see before they go on.</summary>
    public bool IsActive => _isOn || _ending.Count > 0;

    /// <summary>Packets that Lime sent on after apps had seen them.</summary>
    public long Forwarded { get; set; }

    /// <summary>Packets of such rules that only their switch could have sent on, so that they were not.</summary>
    public long NotForwarded { get; set; }

    /// <summary>Whether a rule sends to the controller, and not just all of the packet.</summary>
    public bool Concerns(FlowRule rule) => Concerns(rule.Instructions, rule.Key.Table);

    /// <summary>Where packet-ins name no rule: whether one of a rule that sends to the controller comes of the form
    /// that
    /// the rule has for the time.</summary>
    /// <remarks>While the rule takes on the form or leaves it, a packet that the rule itself would have changed tells;
    /// where the rule changes nothing of it, what comes before the barrier's reply came of the rule as it
    /// was.</remarks>
    public bool HasForm(FlowRule rule, ReadOnlySpan<byte> frame)
    {
        if (!Concerns(rule)) return false;
        bool isChanging = _unconfirmed.Contains(rule) || _ending.Contains(rule);
        if (!isChanging) return _isOn;
        bool tells = ChangesBefore(rule) && !WasSentBefore(frame);
        return tells ? !IsAsChanged(rule, frame) : _ending.Contains(rule);
    }

    /// <summary>A packet of an app is about to go through the tables: it may look as rules make it look.</summary>
    public void SendsThroughTables(ReadOnlySpan<byte> frame)
    {
        if (!_isOn || NamesRules) return;
        if (_sent.Count >= SentMax) _sent.Dequeue();
        _sent.Enqueue(frame.ToArray());
    }

    private bool WasSentBefore(ReadOnlySpan<byte> frame)
    {
        foreach (byte[] each in _sent)
        {
            if (frame.SequenceEqual(each)) return true;
        }
        return false;
    }

    /// <summary>A rule changes at an instance without a guard.</summary>
    public void RuleChanges(Instance instance, in RuleChange change)
    {
        _unconfirmed.Remove(change.Rule);
        _ending.Remove(change.Rule);
        bool hadForm = _isOn && !NamesRules && change.Before is { } before && Concerns(before, change.Rule.Key.Table);
        if (hadForm) virtualSwitch.Updates.FormHasChanged(instance, change.Rule);
    }

    private static bool ChangesBefore(FlowRule rule) => rule.Actions
        .TakeWhile(each => !IsToController(each)).Any(static each => FrameEdit.Changes(each));

    /// <summary>Whether a packet looks as the rule makes it look before it hands it up.</summary>
    private static bool IsAsChanged(FlowRule rule, ReadOnlySpan<byte> frame)
    {
        var edit = new FrameEdit(frame.ToArray());
        foreach (FlowAction each in rule.Actions.TakeWhile(each => !IsToController(each))) edit.Apply(each);
        return edit.IsKnown && frame.SequenceEqual(edit.Bytes);
    }

    private static bool IsToController(FlowAction action) =>
        action.Kind == FlowActionKind.Output && action.Port == PortNumber.Controller;

    /// <summary>Whether a rule that does this is such a rule.</summary>
    public bool Concerns(in InstructionSet instructions, TableId table)
    {
        if (!instructions.SendsTo(PortNumber.Controller)) return false;
        FlowInstructions others = instructions.Others;
        bool isAlone = others.Equals(new FlowInstructions { Meter = others.Meter })
            && !virtualSwitch.Table.HasWritersBefore(table);
        return !isAlone || !instructions.Actions.Equals(ActionList.ToController);
    }

    /// <summary>Rules of one instance become to-controller only, and those that are added or changed from here
    /// on.</summary>
    public async Task BeginAsync(Instance source)
    {
        _isOn = true;
        _generation++;
        _ending.Clear();
        FlowRule[] concerned = [.. virtualSwitch.Table.Rules.Where(Concerns)];
        if (NamesRules || concerned.Length == 0)
        {
            foreach (FlowRule rule in concerned) source.Reissue(rule);
            if (concerned.Length > 0) await source.Physical.BarrierAsync();
            return;
        }
        _unconfirmed.UnionWith(concerned);
        await Task.WhenAll(concerned.Select(rule => ChangeAsync(source, rule)));
        if (_unconfirmed.Count > 0) Settled = SettleAsync(source, _unconfirmed.Clear);
    }

    /// <summary>The rules do again what apps asked for.</summary>
    public async Task EndAsync(Instance staying)
    {
        if (!_isOn) return;
        _isOn = false;
        _generation++;
        _unconfirmed.Clear();
        FlowRule[] concerned = [.. virtualSwitch.Table.Rules.Where(Concerns)];
        _ending.UnionWith(concerned);
        if (NamesRules)
        {
            foreach (FlowRule rule in concerned) staying.Reissue(rule);
            if (concerned.Length > 0) await staying.Physical.TryBarrierAsync();
        }
        else
        {
            await Task.WhenAll(concerned.Select(rule => TryChangeAsync(staying, rule)));
        }
        if (!NamesRules && _ending.Count > 0) Settled = SettleAsync(staying, Forget);
        else Forget();
    }

    private void Forget()
    {
        _ending.Clear();
        _sent.Clear();
        _present.Clear();
        _marks.BecomePast();
    }

    /// <summary>A barrier behind each rule: what comes up before its reply came of the rule as it was.</summary>
    private async Task ChangeAsync(Instance instance, FlowRule rule)
    {
        instance.Reissue(rule);
        await instance.Physical.BarrierAsync();
        if (!StaysInDoubt(instance, rule)) _unconfirmed.Remove(rule);
    }

    private async Task TryChangeAsync(Instance instance, FlowRule rule)
    {
        instance.Reissue(rule);
        await instance.Physical.TryBarrierAsync();
        if (!StaysInDoubt(instance, rule)) _ending.Remove(rule);
    }

    private static bool StaysInDoubt(Instance instance, FlowRule rule) =>
        instance.Evidence is { IsMoreThanBarrier: true } && ChangesBefore(rule);

    private async Task SettleAsync(Instance instance, Action settled)
    {
        int generation = _generation;
        try
        {
            if (instance.Evidence is { } evidence) await evidence.AwaitInForceAsync();
        }
        catch (Exception exception) when (exception is OpenFlowRequestException or OperationCanceledException)
        {
            return; // It can't be reached, or nobody waits for its evidence any more.
        }
        finally
        {
            if (generation == _generation) settled();
        }
    }

    /// <summary>What a rule's entries are to do instead, and their cookie; null: what the rule says.</summary>
    public (InstructionSet Instructions, Cookie? Mark)? FormOf(FlowRule rule)
    {
        if (!_isOn || !Concerns(rule)) return null;
        InstructionSet form = GuardInstructions.For(rule, virtualSwitch.Table);
        if (!NamesRules) return (form, null);
        if (_present.TryGetValue(rule, out Form? known))
        {
            if (known.IsOf(rule)) return (form, known.Mark);
            _marks.BecomePast(known.Mark);
        }
        known = new Form(_marks.Next(rule), rule.Instructions, rule.Cookie);
        _present[rule] = known;
        return (form, known.Mark);
    }

    /// <summary>Whether a packet-in's cookie is a mark of ours.</summary>
    public bool Knows(Cookie cookie) => _marks.Knows(cookie);

    /// <summary>The rule whose entry sent a packet up, and what it was like when the entry was made; the rule alone if
    /// it has changed since, or null if it is not known any more.</summary>
    public (FlowRule Rule, Form? AsItWas)? Find(Cookie mark)
    {
        if (_marks.RuleOf(mark) is not { } rule) return null;
        return (rule, _present.TryGetValue(rule, out Form? known) && known.Mark == mark ? known : null);
    }

    /// <summary>An update is over: rules that it has removed have no entries any more.</summary>
    public void ForgetRemoved()
    {
        foreach (FlowRule rule in _present.Keys.Where(each => each.IsRemoved).ToArray())
        {
            if (_present.Remove(rule, out Form? known)) _marks.BecomePast(known.Mark);
        }
    }

    /// <summary>Whether entries can be told apart by cookies of ours.</summary>
    public bool NamesRules =>
        virtualSwitch.Table.Semantics is { PacketInNamesRule: true, AddResetsCounters: false };

    /// <summary>A rule as it was when its entry was made.</summary>
    /// <param name="Mark">The entry's cookie.</param>
    /// <param name="Instructions">What the rule does.</param>
    /// <param name="Cookie">The rule's own.</param>
    internal sealed record Form(Cookie Mark, InstructionSet Instructions, Cookie Cookie)
    {
        /// <summary>Whether the rule is still like that.</summary>
        public bool IsOf(FlowRule rule) => Instructions.Equals(rule.Instructions) && Cookie == rule.Cookie;
    }
}
