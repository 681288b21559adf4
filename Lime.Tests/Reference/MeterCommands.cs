using System.Collections.Immutable;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Tests.Reference;

/// <summary>Meters (1.3.5 sections 5.7, 6.6 and 7.3.4.4).</summary>
internal static class MeterCommands
{
    private const double BitsPerKilobit = 1000;

    public static ReferenceStep Apply(ReferenceState state, Xid xid, MeterMod mod)
    {
        ReferenceMeter? old = state.Meters.GetValueOrDefault(mod.Meter.Value);
        ImmutableArray<Fault> faults =
            [.. FaultsOf(mod, old).Select(code => new Fault(ErrorType.MeterModFailed, code))];
        if (!faults.IsEmpty) return ReferenceStep.RefuseForAny(state, xid, faults);
        if (mod.Command == MeterModCommand.Delete) return Delete(state, mod.Meter);
        ReferenceMeter meter = new(mod.Meter, mod.Flags, mod.Bands)
        {
            // A MODIFY keeps the meter's own statistics and clears those of its bands.
            CreatedAt = old?.CreatedAt ?? state.Now,
            PacketCount = old?.PacketCount ?? 0,
            ByteCount = old?.ByteCount ?? 0,
            FilledAt = state.Now,
            Tokens = [.. mod.Bands.Select(band => Capacity(mod.Flags, band))],
        };
        return ReferenceStep.To(state with { Meters = state.Meters.SetItem(mod.Meter.Value, meter) });
    }

    /// <summary>A packet goes through a meter: of the bands whose rate it exceeds the one of the highest rate acts
    /// (1.3.5 section 5.7.1). Rates are measured by a bucket of tokens a band.</summary>
    public static PacketWalk Pass(PacketWalk walk, MeterId id)
    {
        if (!walk.State.Meters.TryGetValue(id.Value, out ReferenceMeter? meter)) return walk;
        ulong bytes = (ulong)walk.Packet.Bytes.Length;
        bool isPackets = meter.Flags.HasFlag(MeterFlags.PacketsPerSecond);
        double cost = isPackets ? 1 : bytes * 8 / BitsPerKilobit;
        double seconds = (walk.State.Now - meter.FilledAt).TotalSeconds;
        double[] tokens = [.. meter.Bands.Select((band, i) =>
            Math.Min(Capacity(meter.Flags, band), meter.Tokens[i] + (band.Rate * seconds)))];
        int acting = -1;
        for (int i = 0; i < tokens.Length; i++)
        {
            if (tokens[i] >= cost) tokens[i] -= cost;
            else if (acting < 0 || meter.Bands[i].Rate > meter.Bands[acting].Rate) acting = i;
        }
        meter = meter with
        {
            FilledAt = walk.State.Now,
            Tokens = [.. tokens],
            PacketCount = meter.PacketCount + 1,
            ByteCount = meter.ByteCount + bytes,
            Counters = acting < 0 ? meter.Counters : Counted(meter.Counters, acting, bytes),
        };
        walk = walk with { State = walk.State with { Meters = walk.State.Meters.SetItem(id.Value, meter) } };
        if (acting < 0) return walk;
        return meter.Bands[acting].Type == MeterBandType.Drop
            ? walk with { IsDropped = true }
            : walk with { Packet = Remark(walk.Packet, meter.Bands[acting].PrecedenceLevel) };
    }

    public static ImmutableArray<BucketCounter> Counted(
        ImmutableArray<BucketCounter> counters, int index, ulong bytes) => counters.SetItem(index,
        new(counters[index].PacketCount + 1, counters[index].ByteCount + bytes));

    /// <summary>A higher drop precedence within the class of assured forwarding: AFxy is 8x + 2y, y from 1 to 3 (RFC 2597
    /// section 6); any other codepoint stays.</summary>
    private static ReferencePacket Remark(ReferencePacket packet, int levels)
    {
        if (!packet.Fields(0, 0).TryGetValue(OxmId.IpDscp, out UInt128 dscp)) return packet;
        (int group, int precedence) = ((int)dscp >> 3, ((int)dscp >> 1) & 3);
        bool isAssured = group is >= 1 and <= 4 && precedence is >= 1 and <= 3 && ((int)dscp & 1) == 0;
        if (!isAssured) return packet;
        return packet.Set(OxmId.IpDscp, (UInt128)((8 * group) + (2 * Math.Min(3, precedence + levels))));
    }

    /// <summary>What fits in a band's bucket: the burst, or without OFPMF_BURST what comes in a second.</summary>
    private static double Capacity(MeterFlags flags, MeterBand band) =>
        flags.HasFlag(MeterFlags.Burst) ? band.BurstSize : band.Rate;

    private static IEnumerable<ushort> FaultsOf(MeterMod mod, ReferenceMeter? old)
    {
        if (mod.Command > MeterModCommand.Delete) yield return ErrorCodes.MeterModBadCommand;
        bool isDelete = mod.Command == MeterModCommand.Delete;
        bool isId = mod.Meter.Value is not 0 && mod.Meter.Value <= MeterId.Max.Value;
        if (!isId && !(isDelete && mod.Meter == MeterId.All)) yield return ErrorCodes.MeterInvalid;
        // A DELETE of what is not there is no fault (1.3.5 section 6.6).
        if (isDelete) yield break;
        if (mod.Command == MeterModCommand.Add && old is not null) yield return ErrorCodes.MeterExists;
        if (mod.Command == MeterModCommand.Modify && old is null) yield return ErrorCodes.MeterUnknown;
        const MeterFlags Units = MeterFlags.KilobitsPerSecond | MeterFlags.PacketsPerSecond;
        bool isFlags = (mod.Flags & Units) != Units
            && (mod.Flags & ~(Units | MeterFlags.Burst | MeterFlags.Statistics)) == 0;
        if (!isFlags) yield return ErrorCodes.MeterBadFlags;
        foreach (MeterBand band in mod.Bands)
        {
            if (band.Type is not (MeterBandType.Drop or MeterBandType.DscpRemark)) yield return ErrorCodes.MeterBadBand;
            if (band.Rate == 0) yield return ErrorCodes.MeterBadRate;
        }
    }

    /// <summary>With a meter its rules go (1.3.5 section 6.6); 1.3 has no own reason for that.</summary>
    private static ReferenceStep Delete(ReferenceState state, MeterId id)
    {
        bool isAll = id == MeterId.All;
        return FlowCommands.Remove(
            state with { Meters = isAll ? state.Meters.Clear() : state.Meters.Remove(id.Value) },
            place => place.Rule.Instructions.Meter is { } meter && (isAll || meter == id),
            FlowRemovedReason.Delete);
    }
}
