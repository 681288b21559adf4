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
        _areRulesSent = false;
    }

    /// <summary>The guards are everywhere where traffic is: what an instance that has not confirmed them had before is
    /// past.</summary>
    public void GuardsAreConfirmed() => ConfirmAll();

    /// <summary>The rules are on their way to the guards' places.</summary>
    public void RulesAreSent() => _areRulesSent = true;

    /// <summary>The guards are gone.</summary>
    public void End()
    {
        ConfirmAll();
        Lifted.Add(_guarded);
        _guarded = [];
        _changes = [];
    }

    private void ConfirmAll()
    {
        foreach (Instance each in virtualSwitch.Live) each.Course?.ConfirmAll();
    }

    /// <summary>A packet that is Lime's to hold or to send on; null: it is for apps.</summary>
    public HeldPacket? Find(Instance instance, in PacketIn packetIn, PortNumber virtualPort, out bool isGuarded)
    {
        isGuarded = false;
        if (packetIn.Reason != PacketInReason.Action) return null;
        PacketFields fields = PacketParser.Parse(virtualPort, packetIn.Data);
        (FlowRule Rule, EntryUse Use)? sender = instance.Course?.Find(
            PacketParser.Parse(packetIn.InPort, packetIn.Data), packetIn.Data, isOther => FindOther(fields, isOther));
        if (sender is not { } found) return FindLate(instance, packetIn, virtualPort, fields);
        if (found.Use.Kind == EntryUseKind.Rule) return null;
        HeldPacket packet = HeldPackets.Copy(instance, packetIn, virtualPort) with { Guarded = found.Rule };
        isGuarded = found.Use.Kind == EntryUseKind.Guard;
        return isGuarded ? packet : packet with { Instructions = found.Use.Did };
    }

    /// <summary>The rule that a packet meets among those whose entries are as the table has them, or had them before
    /// the transaction, which has not come to them yet.</summary>
    private (FlowRule Rule, InstructionSet Did)? FindOther(in PacketFields fields, Func<FlowRule, bool> isOther)
    {
        FlowRule? best = null;
        InstructionSet did = InstructionSet.Drop;
        foreach (FlowRule each in virtualSwitch.Table.Rules)
        {
            if (isOther(each)) Consider(each, fields, ref best, ref did);
        }
        foreach (RuleChange each in _changes)
        {
            bool wasThere = !_areRulesSent && each.Rule.IsRemoved && isOther(each.Rule);
            if (wasThere) Consider(each.Rule, fields, ref best, ref did);
        }
        return best is null ? null : (best, did);
    }

    private void Consider(FlowRule rule, in PacketFields fields, ref FlowRule? best, ref InstructionSet did)
    {
        bool isBetter = (best is null || rule.Key.Priority > best.Key.Priority) && rule.Key.Match.Matches(fields);
        if (!isBetter) return;
        InstructionSet? before = rule.Instructions;
        foreach (RuleChange each in _changes)
        {
            if (each.Rule != rule || _areRulesSent) continue;
            before = each.Before;
            break;
        }
        if (before is not { } known) return;
        best = rule;
        did = known;
    }

    /// <summary>A packet that no entry that may be there can have sent up: a data plane lags behind what its switch has
    /// confirmed, or nobody waits for its answer any more.</summary>
    private HeldPacket? FindLate(
        Instance instance, in PacketIn packetIn, PortNumber virtualPort, in PacketFields fields)
    {
        FlowRule? rule = virtualSwitch.Table.Lookup(fields);
        if (rule is not null && rule.Actions.SendsTo(PortNumber.Controller)) return null;
        LiftedGuards.Lifted? lifted = Lifted.Find(instance, fields);
        bool hasForms = virtualSwitch.Mode == CloneMode.Cloned || virtualSwitch.ControllerFirst.HasForms;
        if (lifted is null && !(rule is not null && hasForms)) return null;
        HeldPacket packet = HeldPackets.Copy(instance, packetIn, virtualPort) with { IsLate = true };
        FlowRule? counted = lifted is null || lifted.Counts(rule) ? rule : lifted.Counter;
        // The rule that it leaves by has counted it, or has yet to.
        if (counted == rule) return packet with { Guarded = rule };
        if (counted is not null) Uncount(instance, counted, packetIn.TotalBytes);
        return packet;
    }

    /// <summary>An entry has counted a packet that leaves by another rule than its own.</summary>
    private static void Uncount(Instance instance, FlowRule rule, int bytes)
    {
        var one = new FlowCounters(1, (ulong)bytes);
        if (rule.IsRemoved) instance.Ledger.IsNotOf(rule, one);
        else rule.NotItsOwn += one;
    }
}
