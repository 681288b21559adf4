using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Lime.Core.Rules;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Wire;

namespace Lime.Core.Switches;

/// <summary>What instances report, turned into what one switch would report.</summary>
/// <remarks>Threading: the owner loop's.</remarks>
internal sealed class InstanceEvents(VirtualSwitch virtualSwitch)
{
    private readonly PacketFieldsTranslation _fields = new();
    private Xid _lastRefused;

    public void PacketIn(Instance instance, in PacketIn message)
    {
        instance.PacketInsReceived++;
        bool isFenced = virtualSwitch.Follower?.Instance == instance;
        if (isFenced || !instance.Map.TryToVirtual(message.InPort, out PortNumber virtualPort))
        {
            instance.PacketInsDropped++;
            return;
        }
        bool isSingle = virtualSwitch.Mode == CloneMode.Single;
        bool isByOurs = GuardMarks.IsOurs(message.Cookie);
        // A guard's packets may come when it, and the other instances, are gone.
        bool mayBeHeld = !isSingle || isByOurs || virtualSwitch.ControllerFirst.IsActive;
        bool isPlain = instance.Map.IsIdentity && !virtualSwitch.Buffers.IsActive;
        if (!mayBeHeld && isPlain && virtualSwitch.PacketInQuota is null)
        {
            virtualSwitch.Apps.PacketIn(virtualSwitch, message);
            return;
        }
        if (mayBeHeld && virtualSwitch.Updates.TryHold(instance, message, virtualPort)) return;
        bool isByMiss = message.Cookie == TableMissRule.Mark;
        if (message.Reason == PacketInReason.NoMatch || isByMiss) virtualSwitch.Chassis.PacketHasMissed();
        if (virtualSwitch.PacketInQuota is { } quota && !quota.TryTake(virtualSwitch.Loop.NowTicks)) return;
        if (message.Cookie == TableMissRule.AppMark)
        {
            MissedByApp(instance, message, virtualPort);
            return;
        }
        virtualSwitch.Apps.PacketIn(virtualSwitch, new PacketIn
        {
            BufferId = virtualSwitch.Buffers.Add(instance, message.BufferId, virtualPort),
            TotalBytes = message.TotalBytes,
            InPort = virtualPort,
            Reason = isByMiss ? PacketInReason.NoMatch : message.Reason,
            Table = message.Table,
            Cookie = isByMiss ? TableMissRule.NoRule : message.Cookie,
            MatchFields = _fields.ToVirtual(message.MatchFields, instance.Map),
            Data = message.Data,
        });
    }

    /// <summary>An app's own rule for what no other matches, which on a shared switch names its port, has sent a packet
    /// up: to apps it is the table-miss entry that it was given as (1.3.5 section 5.4).</summary>
    private void MissedByApp(Instance instance, in PacketIn message, PortNumber virtualPort)
    {
        FlowRule? rule = virtualSwitch.Table.Find(Match.Any, 0, message.Table);
        virtualSwitch.Apps.PacketIn(virtualSwitch, new PacketIn
        {
            TotalBytes = message.TotalBytes,
            InPort = virtualPort,
            Reason = PacketInReason.NoMatch,
            Table = message.Table,
            Cookie = rule?.Cookie ?? TableMissRule.NoRule,
            MatchFields = _fields.ToVirtual(message.MatchFields, instance.Map),
            Data = message.Data,
        });
    }

    public void FlowRemoved(Instance instance, FlowRemoved message)
    {
        RuleKey entry = RuleKey.Of(
            message.Match, message.Priority, message.Table, virtualSwitch.Table.Semantics);
        if (message.Reason is FlowRemovedReason.Delete or FlowRemovedReason.GroupDelete)
        {
            Removal? complete = instance.Ledger.Settle(entry, message, out bool wasAwaited);
            if (complete is not null) virtualSwitch.Report(complete);
            if (wasAwaited) return;
        }
        if (!virtualSwitch.Live.Contains(instance)) return;
        if (instance.RuleOf(message.Match, message.Priority, message.Table) is { } rule)
            EntryGone(instance, rule, message);
    }

    public void PortStatus(Instance instance, PortStatus message)
    {
        // While cloned, the first instance speaks for all; the others' links are watched by the migration.
        if (instance != virtualSwitch.Primary) return;
        if (!instance.Map.TryToVirtual(message.Port.Port, out PortNumber virtualPort)) return;
        PortStatus virtualStatus = instance.Map.IsIdentity
            ? message
            : message with { Port = VirtualPorts.Merge(virtualSwitch.Ports, virtualPort, message.Port) };
        bool isGone = message.Reason == PortStatusReason.Delete && instance.Map.IsIdentity;
        virtualSwitch.Describe(virtualSwitch.Features with
        {
            Ports = VirtualPorts.Replace(virtualSwitch.Ports, virtualStatus.Port, isGone),
        });
        virtualSwitch.Apps.PortStatus(virtualSwitch, virtualStatus);
    }

    /// <summary>A switch refused something: what it was is read again from the switch, so that the table
    /// stays true.</summary>
    public void Error(Instance instance, Xid xid, ErrorMessage error)
    {
        if (instance != virtualSwitch.Primary) return;
        Xid? appXid = instance.Trail.Find(xid);
        if (appXid is not { } known) return;
        // A rule's entries at the ports of a part are one command's to its app.
        if (instance.IsPart && known == _lastRefused) return;
        _lastRefused = known;
        if (virtualSwitch.Resources.Forget(known))
        {
            virtualSwitch.Apps.Error(virtualSwitch, known, error);
            return;
        }
        FlowRule? rule = null;
        foreach (FlowRule each in virtualSwitch.Table.Rules)
        {
            if (each.AppXid == known) rule = each;
        }
        if (rule is not null) virtualSwitch.Reconciliation.Doubt(instance, rule);
        else if (virtualSwitch.Table.Semantics.HasGroups) virtualSwitch.Inventory.Doubt(instance);
        virtualSwitch.Apps.Error(virtualSwitch, known, error with { Bytes = QuoteOf(instance, known, rule, error) });
    }

    /// <summary>The app's own message: as it was kept or, where it went out as it came but for Lime's id and flags,
    /// as the switch quotes it (H-21).</summary>
    private ImmutableArray<byte> QuoteOf(Instance instance, Xid appXid, FlowRule? rule, ErrorMessage error)
    {
        if (virtualSwitch.Quotes.Find(appXid) is { } kept) return kept;
        if (error.Bytes.Length < FrameHeader.SizeBytes) return error.Bytes;
        byte[] quote = [.. error.Bytes];
        (FrameHeader.Read(quote) with { Xid = appXid }).Write(quote);
        if (rule is not null) instance.Physical.Channel?.Codec?.TrySetFlags(quote, rule.Flags);
        return ImmutableCollectionsMarshal.AsImmutableArray(quote);
    }

    /// <summary>Whether an entry was there before its rule; a thousandth is left to the clocks.</summary>
    private bool IsOlder(FlowRemoved message, FlowRule rule) => !rule.IsAdopted
        && message.Duration.Ticks / 1000 * 999 > virtualSwitch.Loop.NowTicks - rule.InstalledTicks;

    /// <summary>An entry has timed out, or somebody else deleted it. The rule is gone once all its entries
    /// are.</summary>
    private void EntryGone(Instance instance, FlowRule rule, FlowRemoved message)
    {
        bool isCurrent = instance.HasEntry(rule, message.Match);
        if (!isCurrent) return; // A departed entry, whose counters were read before it was deleted.
        if (IsOlder(message, rule)) return; // One that was deleted before the app added the rule again.
        rule.Retired += new FlowCounters(message.PacketCount, message.ByteCount);
        rule.ExpiredEntries++;
        if (rule.ExpiredEntries < virtualSwitch.Live.Sum(each => each.EntryCount(rule))) return;
        virtualSwitch.SerialOrder?.Invoke(new(default, rule.Key, message.Reason));
        virtualSwitch.Table.Remove(rule);
        if (virtualSwitch.Follower is { } follower) follower.Apply(rule);
        virtualSwitch.RuleWasRemoved(rule);
        virtualSwitch.Report(new Removal(rule, message.Reason, virtualSwitch.Loop.NowTicks));
    }
}
