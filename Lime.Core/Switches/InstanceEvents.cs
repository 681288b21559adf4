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
        if (instance.Evidence is { } evidence && evidence.TryTake(message)) return;
        if (Prober.IsProbe(message)) return; // It comes behind the migration that it was for.
        if (instance.Hosts?.TryTake(message) == true) return;
        instance.PacketInsReceived++;
        bool isSingle = virtualSwitch.Mode == CloneMode.Single;
        bool isByOurs = GuardMarks.IsOurs(message.Cookie);
        bool mayBeShown = MayHandUp(instance);
        // Of an instance that was left only what its guards had sent up is still to come.
        bool mayBeLate = isSingle && virtualSwitch.Follower?.Instance != instance
            && (isByOurs || virtualSwitch.Updates.MayComeLate);
        if (!(mayBeShown || mayBeLate) || !instance.Map.TryToVirtual(message.InPort, out PortNumber virtualPort))
        {
            instance.PacketInsDropped++;
            return;
        }
        // A guard's packets may come when it, and the other instances, are gone.
        bool mayBeHeld = !isSingle || isByOurs || virtualSwitch.ControllerFirst.IsActive
            || virtualSwitch.Updates.MayComeLate;
        if (!mayBeHeld && mayBeShown && instance.Map.IsIdentity && !virtualSwitch.Buffers.IsActive)
        {
            virtualSwitch.Apps.PacketIn(virtualSwitch, message);
            return;
        }
        if (mayBeHeld && virtualSwitch.Updates.TryHold(instance, message, virtualPort)) return;
        if (mayBeShown) Show(instance, message, virtualPort);
        else instance.PacketInsDropped++;
    }

    /// <summary>As one switch would send it up, and as much of it as apps want.</summary>
    private void Show(Instance instance, in PacketIn message, PortNumber virtualPort)
    {
        bool isByMiss = message.Cookie == TableMissRule.Mark;
        if (message.Reason == PacketInReason.NoMatch || isByMiss) virtualSwitch.Chassis.PacketHasMissed();
        if (virtualSwitch.PacketInQuota is { } quota && !quota.TryTake(virtualSwitch.Loop.NowTicks)) return;
        if (message.Cookie == TableMissRule.AppMark)
        {
            MissedByApp(instance, message, virtualPort);
            return;
        }
        SwitchSettings settings = virtualSwitch.Resources.Settings;
        ReadOnlySpan<byte> shown = message.Data;
        BufferId bufferId = message.BufferId;
        // One that holds nothing shows all (1.3.5 section 7.4.1).
        bool isCut = !virtualSwitch.Buffers.IsClosed && settings.Cuts(message.Reason, isByMiss);
        if (isCut && bufferId == BufferId.None)
        {
            var packet = new VirtualBuffers.Packet(instance, virtualPort, message.Data.ToArray());
            shown = virtualSwitch.Buffers.Keep(packet, settings.Present.MissSendBytes, out bufferId);
        }
        else
        {
            bufferId = virtualSwitch.Buffers.Add(instance, bufferId, virtualPort);
            if (isCut) shown = shown[..Math.Min(shown.Length, settings.Present.MissSendBytes)];
        }
        virtualSwitch.Apps.PacketIn(virtualSwitch, new PacketIn
        {
            BufferId = bufferId,
            TotalBytes = message.TotalBytes,
            InPort = virtualPort,
            Reason = isByMiss ? PacketInReason.NoMatch : message.Reason,
            Table = message.Table,
            Cookie = isByMiss ? TableMissRule.NoRule : message.Cookie,
            MatchFields = _fields.ToVirtual(message.MatchFields, instance.Map),
            Data = shown,
        });
    }

    /// <summary>Not before an instance carries traffic, nor when it is emptied; nor when it was lost and came back with
    /// who knows what rules while another one lives (H-27).</summary>
    private bool MayHandUp(Instance instance)
    {
        if (virtualSwitch.Mode == CloneMode.Single) return virtualSwitch.Primary == instance;
        return virtualSwitch.Live.Contains(instance) && instance.IsReconciled;
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
        FlowRule? rule = instance.RuleOf(message.Match, message.Priority, message.Table);
        bool isDeleted = message.Reason is FlowRemovedReason.Delete or FlowRemovedReason.GroupDelete;
        if (isDeleted) instance.Course?.IsGone(message);
        // Its time may have ended just before the deletion came, which then finds nothing and reports nothing.
        if (isDeleted || rule is null || IsOlder(message, rule))
        {
            Removal? complete = instance.Ledger.Settle(entry, message, out bool wasAwaited);
            if (complete is not null) virtualSwitch.Report(complete);
            if (wasAwaited) return;
        }
        if (rule is not null && virtualSwitch.Live.Contains(instance)) EntryGone(instance, rule, message);
    }

    /// <summary>A switch refused something: what it was is read again from the switch, so that the table
    /// stays true.</summary>
    public void Error(Instance instance, Xid xid, ErrorMessage error)
    {
        if (instance != Speaker) return;
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
        foreach (Removal removal in instance.Ledger.Forget(known, virtualSwitch.Table))
            virtualSwitch.Leaving.Told(removal);
        FlowRule? rule = FindRefused(instance, known);
        if (rule is null && virtualSwitch.Table.Semantics.HasGroups) virtualSwitch.Inventory.Doubt(instance);
        virtualSwitch.Apps.Error(virtualSwitch, known, error with { Bytes = QuoteOf(instance, known, rule, error) });
    }

    /// <summary>The rule that a refused command was for, which is what it was before, or in doubt; null: none is
    /// known.</summary>
    private FlowRule? FindRefused(Instance instance, Xid appXid)
    {
        // Of a part's entries some may have been taken and others refused.
        bool isKnown = virtualSwitch.Mode == CloneMode.Single && !instance.IsPart;
        if (isKnown && virtualSwitch.Table.Refuse(appXid) is { } refused)
        {
            virtualSwitch.Follower?.Follow(new RuleChange(RuleChangeKind.Modified, refused, null));
            return refused;
        }
        FlowRule? rule = null;
        foreach (FlowRule each in virtualSwitch.Table.Rules)
        {
            if (each.AppXid == appXid) rule = each;
        }
        if (rule is not null) virtualSwitch.Reconciliation.Doubt(instance, rule);
        return rule;
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

    /// <summary>Whose refusals are the app's: while a target is on trial, that of the other one, which it may be left
    /// to (H-22).</summary>
    private Instance? Speaker =>
        virtualSwitch.Live.Find(each => each is { IsOnTrial: false, Physical.IsConnected: true })
        ?? virtualSwitch.Primary;

    /// <summary>Whether an entry was there before its rule; a thousandth is left to the clocks. Of one that ran out of
    /// time a tenth is: that took a second at least, for most of which no report is under way, and a report that is not
    /// believed leaves its rule for ever.</summary>
    private bool IsOlder(FlowRemoved message, FlowRule rule)
    {
        if (rule.IsAdopted) return false;
        bool isByTime = message.Reason is FlowRemovedReason.IdleTimeout or FlowRemovedReason.HardTimeout;
        long leastTicks = isByTime ? message.Duration.Ticks / 10 * 9 : message.Duration.Ticks / 1000 * 999;
        return leastTicks > virtualSwitch.Loop.NowTicks - rule.InstalledTicks;
    }

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
