using Lime.Core.Rules;
using Lime.Core.Translation;
using Lime.OpenFlow.Actions;
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
/// the owner loop's.</remarks>
internal sealed class ControllerFirst(VirtualSwitch virtualSwitch)
{
    private readonly Dictionary<FlowRule, (Cookie Mark, InstructionSet Instructions)> _present = [];
    private readonly GuardMarks _marks = new(GuardMarks.ControllerFirst);
    private bool _isOn;
    private bool _isConfirmed;
    private bool _isEnding;

    /// <summary>Whether packets may come that apps have to see before they go on.</summary>
    public bool IsActive => _isConfirmed || _isEnding || (_isOn && NamesRules);

    /// <summary>Packets that Lime sent on after apps had seen them.</summary>
    public long Forwarded { get; set; }

    /// <summary>Packets of such rules that only their switch could have sent on, so that they were not.</summary>
    public long NotForwarded { get; set; }

    /// <summary>Whether a rule sends to the controller, and not just all of the packet.</summary>
    public bool Concerns(FlowRule rule)
    {
        if (!rule.Instructions.SendsTo(PortNumber.Controller)) return false;
        FlowInstructions others = rule.Instructions.Others;
        bool isAlone = others.Equals(new FlowInstructions { Meter = others.Meter })
            && !virtualSwitch.Table.HasWritersBefore(rule.Key.Table);
        return !isAlone || !rule.Actions.Equals(ActionList.ToController);
    }

    /// <summary>Rules of one instance become to-controller only, and those that are added or changed from here
    /// on.</summary>
    public async Task BeginAsync(Instance source)
    {
        _isOn = true;
        FlowRule[] concerned = [.. virtualSwitch.Table.Rules.Where(Concerns)];
        foreach (FlowRule rule in concerned) source.Reissue(rule);
        if (concerned.Length > 0) await source.Physical.BarrierAsync();
        _isConfirmed = true;
    }

    /// <summary>The rules do again what apps asked for.</summary>
    public async Task EndAsync(Instance staying)
    {
        if (!_isOn) return;
        _isOn = false;
        _isConfirmed = false;
        FlowRule[] concerned = [.. virtualSwitch.Table.Rules.Where(Concerns)];
        if (concerned.Length > 0)
        {
            _isEnding = true;
            foreach (FlowRule rule in concerned) staying.Reissue(rule);
            await staying.Physical.TryBarrierAsync();
        }
        _isEnding = false;
        _present.Clear();
        _marks.BecomePast();
    }

    /// <summary>What a rule's entries are to do instead, and their cookie; null: what the rule says.</summary>
    public (InstructionSet Instructions, Cookie? Mark)? FormOf(FlowRule rule)
    {
        if (!_isOn || !Concerns(rule)) return null;
        InstructionSet form = GuardInstructions.For(rule, virtualSwitch.Table);
        if (!NamesRules) return (form, null);
        bool isNew = !_present.TryGetValue(rule, out (Cookie Mark, InstructionSet Instructions) known)
            || !known.Instructions.Equals(rule.Instructions);
        if (isNew)
        {
            if (known.Mark != default) _marks.BecomePast(known.Mark);
            known = (_marks.Next(rule), rule.Instructions);
            _present[rule] = known;
        }
        return (form, known.Mark);
    }

    /// <summary>Whether a packet-in's cookie is a mark of ours.</summary>
    public bool Knows(Cookie cookie) => _marks.Knows(cookie);

    /// <summary>The rule whose entry sent a packet up, and what it did when the entry was made; the rule alone if it
    /// has changed since, or null if it is not known any more.</summary>
    public (FlowRule Rule, InstructionSet? Instructions)? Find(Cookie mark)
    {
        if (_marks.RuleOf(mark) is not { } rule) return null;
        bool isCurrent = _present.TryGetValue(rule, out (Cookie Mark, InstructionSet Instructions) known)
            && known.Mark == mark;
        return (rule, isCurrent ? known.Instructions : (InstructionSet?)null);
    }

    /// <summary>An update is over: rules that it has removed have no entries any more.</summary>
    public void ForgetRemoved()
    {
        foreach (FlowRule rule in _present.Keys.Where(each => each.IsRemoved).ToArray())
        {
            if (_present.Remove(rule, out (Cookie Mark, InstructionSet) known)) _marks.BecomePast(known.Mark);
        }
    }

    /// <summary>Whether entries can be told apart by cookies of ours.</summary>
    public bool NamesRules =>
        virtualSwitch.Table.Semantics is { PacketInNamesRule: true, AddResetsCounters: false };
}
