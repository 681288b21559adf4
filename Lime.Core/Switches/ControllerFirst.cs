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
/// In 1.0, where packet-ins name no rule, <see cref="EntryCourse"/> says which entry sent a packet up; one that passes
/// between a change and the barrier right behind it may be lost or doubled. Where the evidence for an instance is more
/// than a barrier its word is not taken: rules stay in doubt until the evidence is there. Threading: the owner
/// loop's.</remarks>
internal sealed class ControllerFirst(VirtualSwitch virtualSwitch)
{
    private readonly Dictionary<FlowRule, Form> _present = [];
    private readonly GuardMarks _marks = new(GuardMarks.ControllerFirst);
    private bool _isOn;
    private int _generation;

    /// <summary>Completes when no rule is in doubt any more.</summary>
    public Task Settled { get; private set; } = Task.CompletedTask;

    /// <summary>Whether packets may come that apps have to see before they go on.</summary>
    public bool IsActive { get; private set; }

    /// <summary>Whether rules have that form, or have it as long as their switch has not confirmed that they have
    /// left it.</summary>
    public bool HasForms { get; private set; }

    /// <summary>Packets that Lime sent on after apps had seen them.</summary>
    public long Forwarded { get; set; }

    /// <summary>Packets of such rules that only their switch could have sent on, so that they were not.</summary>
    public long NotForwarded { get; set; }

    /// <summary>Whether a rule sends to the controller, and not just all of the packet.</summary>
    public bool Concerns(FlowRule rule) => Concerns(rule.Instructions, rule.Key.Table);

    /// <summary>A rule changes at an instance without a guard.</summary>
    public void RuleChanges(Instance instance, in RuleChange change)
    {
        bool hadForm = IsActive && !NamesRules && change.Before is { } before
            && Concerns(before, change.Rule.Key.Table);
        if (hadForm) virtualSwitch.Updates.FormHasChanged(instance, change.Rule);
    }

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
        _generation++;
        IsActive = true;
        if (!NamesRules)
        {
            // What it was told before is in force, so that all that it is told from now on is known.
            EntryCourse.Begin(source, hasForms: false);
            await source.BarrierAsync();
        }
        HasForms = true;
        _isOn = true;
        if (Reissue(source)) await source.BarrierAsync();
    }

    /// <summary>The rules do again what apps asked for.</summary>
    public async Task EndAsync(Instance staying)
    {
        if (!IsActive) return;
        _isOn = false;
        bool isAny = Reissue(staying);
        if (isAny) await TryAwaitAsync(staying);
        if (isAny && !NamesRules && staying.Evidence is { IsMoreThanBarrier: true }) Settled = SettleAsync(staying);
        else Forget(staying);
    }

    private async Task SettleAsync(Instance staying)
    {
        int generation = _generation;
        try
        {
            if (staying.Evidence is { } evidence) await evidence.AwaitInForceAsync();
        }
        catch (Exception exception) when (exception is OpenFlowRequestException or OperationCanceledException)
        {
            return; // It can't be reached, or nobody waits for its evidence any more.
        }
        finally
        {
            if (generation == _generation) Forget(staying);
        }
    }

    private void Forget(Instance staying)
    {
        HasForms = false;
        IsActive = false;
        staying.LeaveEntries();
        _present.Clear();
        _marks.BecomePast();
    }

    private bool Reissue(Instance instance)
    {
        FlowRule[] concerned = [.. virtualSwitch.Table.ToController.Where(Concerns)];
        foreach (FlowRule rule in concerned) instance.Reissue(rule);
        return concerned.Length > 0;
    }

    private static async Task TryAwaitAsync(Instance instance)
    {
        try
        {
            await instance.BarrierAsync();
        }
        catch (OpenFlowRequestException)
        {
            return; // It is lost, and is told everything when it comes back.
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
