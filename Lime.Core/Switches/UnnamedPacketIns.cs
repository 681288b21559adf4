using Lime.Core.Rules;
using Lime.Core.Translation;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Switches;

/// <summary>Finds out, where packet-ins name no rule (OpenFlow 1.0), whether an entry of Lime's sent a packet up, by
/// the
/// packet's fields and by what is known of each instance at the time.</summary>
/// <remarks>
/// Packet-ins and barrier replies of a switch come in order: what comes before a reply was sent up before that. Between
/// two commands and the one barrier behind them there is no telling.
/// Life cycle: for each transaction <see cref="Begin"/>, <see cref="GuardsAreConfirmed"/>, <see cref="End"/>.
/// Threading: the owner loop's.
/// </remarks>
internal sealed class UnnamedPacketIns(VirtualSwitch virtualSwitch)
{
    private List<RuleChange> _guarded = [];
    private List<RuleChange> _changes = [];
    private bool _areGuardsConfirmed;
    private bool _areRulesSent;

    /// <summary>Entries of Lime's that are gone.</summary>
    public LiftedGuards Lifted { get; } = new(virtualSwitch);

    /// <summary>Whether packets of entries that are gone may still come.</summary>
    public bool MayComeLate => Lifted.MayCome;

    /// <summary>Guards are about to be installed.</summary>
    /// <param name="guarded">The changes that have guards.</param>
    /// <param name="all">All changes of the transaction, carried out on the table already.</param>
    public void Begin(List<RuleChange> guarded, List<RuleChange> all)
    {
        _guarded = guarded;
        _changes = all;
        _areGuardsConfirmed = false;
        _areRulesSent = false;
    }

    public void GuardsAreConfirmed() => _areGuardsConfirmed = true;

    /// <summary>The rules are on their way to the guards' places.</summary>
    public void RulesAreSent() => _areRulesSent = true;

    /// <summary>The guards are gone.</summary>
    public void End()
    {
        Lifted.Add(_guarded);
        _guarded = [];
        _changes = [];
    }

    /// <summary>A packet that is Lime's to hold or to send on; null: it is for apps.</summary>
    public HeldPacket? Find(Instance instance, in PacketIn packetIn, PortNumber virtualPort, out bool isGuarded)
    {
        isGuarded = false;
        if (packetIn.Reason != PacketInReason.Action) return null;
        PacketFields fields = PacketParser.Parse(virtualPort, packetIn.Data);
        if (FindBefore(instance, fields) is { } before)
        {
            // As before the guards: nothing has met the new rules yet.
            return virtualSwitch.ControllerFirst.Concerns(before.Did, default)
                ? HeldPackets.Copy(instance, packetIn, virtualPort) with
                {
                    Guarded = before.Rule,
                    Instructions = before.Did,
                }
                : null;
        }
        FlowRule? rule = virtualSwitch.Table.Lookup(fields);
        if (FindGuard(instance, fields, rule) is { } guarded)
        {
            isGuarded = true;
            return HeldPackets.Copy(instance, packetIn, virtualPort) with { Guarded = guarded };
        }
        FlowRule? counted = FindSender(instance, packetIn.Data, fields, rule);
        if (counted is null && !MustBeSentOn(instance, fields, rule)) return null;
        HeldPacket packet = HeldPackets.Copy(instance, packetIn, virtualPort) with
        {
            IsLate = rule?.Actions.SendsTo(PortNumber.Controller) != true,
        };
        // The rule that it leaves by has counted it, or has yet to.
        if (counted == rule) return packet with { Guarded = rule };
        if (counted is not null) Uncount(instance, counted, packetIn.TotalBytes);
        return packet;
    }

    /// <summary>The rule whose entry, not that of a guard, sent a packet up that is Lime's all the same.</summary>
    private FlowRule? FindSender(
        Instance instance, ReadOnlySpan<byte> frame, in PacketFields fields, FlowRule? rule)
    {
        if (rule is not null && rule.Actions.SendsTo(PortNumber.Controller))
            return virtualSwitch.ControllerFirst.HasForm(rule, frame) ? rule : null;
        if (Lifted.Find(instance, fields) is { } lifted) return lifted.Counts(rule) ? rule : lifted.Counter;
        return MustBeSentOn(instance, fields, rule) ? rule : null;
    }

    /// <summary>Whether no rule of an app can have sent a packet up.</summary>
    private bool MustBeSentOn(Instance instance, in PacketFields fields, FlowRule? rule)
    {
        if (rule is not null && rule.Actions.SendsTo(PortNumber.Controller)) return false;
        bool hasForms = virtualSwitch.Mode == CloneMode.Cloned || virtualSwitch.ControllerFirst.IsActive;
        return (rule is not null && hasForms) || Lifted.Find(instance, fields) is not null;
    }

    /// <summary>Before an instance has confirmed its guards: the rule that sent packets like this one up until then, if
    /// there was one.</summary>
    private (FlowRule Rule, InstructionSet Did)? FindBefore(Instance instance, in PacketFields fields)
    {
        bool mayBeBefore = _guarded.Count > 0 && !_areGuardsConfirmed
            && !virtualSwitch.Updates.Carriers.HasConfirmed(instance);
        if (!mayBeBefore) return null;
        FlowRule? best = null;
        InstructionSet did = InstructionSet.Drop;
        foreach (FlowRule each in virtualSwitch.Table.Rules) Consider(each, fields, ref best, ref did);
        foreach (RuleChange each in _changes)
        {
            if (each.Rule.IsRemoved) Consider(each.Rule, fields, ref best, ref did);
        }
        return best is not null && did.SendsTo(PortNumber.Controller) ? (best, did) : null;
    }

    private void Consider(FlowRule rule, in PacketFields fields, ref FlowRule? best, ref InstructionSet did)
    {
        bool isBetter = (best is null || rule.Key.Priority > best.Key.Priority) && rule.Key.Match.Matches(fields);
        if (!isBetter) return;
        InstructionSet? before = rule.Instructions;
        foreach (RuleChange each in _changes)
        {
            if (each.Rule != rule) continue;
            before = each.Before;
            break;
        }
        if (before is not { } known) return;
        best = rule;
        did = known;
    }

    /// <summary>The rule in whose place a guard is that a packet meets before any other rule, or null.</summary>
    private FlowRule? FindGuard(Instance instance, in PacketFields fields, FlowRule? rule)
    {
        FlowRule? best = null;
        foreach (RuleChange change in _guarded)
        {
            RuleKey key = change.Rule.Key;
            bool isAbove = (rule is null || key.Priority >= rule.Key.Priority)
                && (best is null || key.Priority > best.Key.Priority);
            if (isAbove && key.Match.Matches(fields) && MayBeThere(instance, change.Rule)) best = change.Rule;
        }
        return best;
    }

    /// <summary>A guard that was deleted for good has reported when it went, before any packet that came behind; unless
    /// the switch's data plane follows its reports late.</summary>
    private bool MayBeThere(Instance instance, FlowRule rule) =>
        !_areRulesSent || !rule.IsRemoved || rule.IsAdopted || instance.Ledger.Awaits(rule)
        || instance.Evidence is { IsMoreThanBarrier: true };

    /// <summary>An entry has counted a packet that leaves by another rule than its own.</summary>
    private static void Uncount(Instance instance, FlowRule rule, int bytes)
    {
        var one = new FlowCounters(1, (ulong)bytes);
        if (rule.IsRemoved) instance.Ledger.IsNotOf(rule, one);
        else rule.NotItsOwn += one;
    }
}
