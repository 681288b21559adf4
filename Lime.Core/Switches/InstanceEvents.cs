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
        if (!mayBeHeld && instance.Map.IsIdentity && !virtualSwitch.Buffers.IsActive)
        {
            virtualSwitch.Apps.PacketIn(virtualSwitch, message);
            return;
        }
        if (mayBeHeld && virtualSwitch.Updates.TryHold(instance, message, virtualPort)) return;
        Show(instance, message, virtualPort);
    }

    /// <summary>As one switch would send it up, and as much of it as apps want.</summary>
    private void Show(Instance instance, in PacketIn message, PortNumber virtualPort)
    {
        bool isByMiss = message.Cookie == TableMissRule.Mark;
        SwitchSettings settings = virtualSwitch.Resources.Settings;
        ReadOnlySpan<byte> shown = message.Data;
        BufferId bufferId = message.BufferId;
        bool isCut = settings.Cuts(message.Reason, isByMiss);
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

    /// <summary>A switch refused something: what it was is read again from the switch, so that the table
    /// stays true.</summary>
    public void Error(Instance instance, Xid xid, ErrorMessage error)
    {
        if (instance != virtualSwitch.Primary) return;
        Xid? appXid = instance.Trail.Find(xid);
        if (appXid is not { } known) return;
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
        virtualSwitch.Miss.RuleWasRemoved(rule);
        virtualSwitch.Report(new Removal(rule, message.Reason, virtualSwitch.Loop.NowTicks));
    }
}
