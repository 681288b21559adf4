using Lime.Core.Emulation.Tables;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Emulation.Meters;

/// <summary>The meters of an emulated switch (1.3.5 sections 5.7 and 6.6).</summary>
/// <remarks>Threading: the loop's.</remarks>
internal sealed class MeterTable(EmulationContext context, int capacity, ChangeJournal journal)
{
    /// <summary>Bands that one meter can have.</summary>
    public const int BandsMax = 16;

    private const MeterFlags KnownFlags = MeterFlags.KilobitsPerSecond | MeterFlags.PacketsPerSecond
        | MeterFlags.Burst | MeterFlags.Statistics;

    private readonly SortedDictionary<uint, Meter> _meters = [];

    public int Capacity => capacity;

    public IReadOnlyCollection<Meter> All => _meters.Values;

    public Meter? Find(MeterId id) => _meters.GetValueOrDefault(id.Value);

    /// <summary>Does what a meter-mod says, but for the rules that use a meter it deletes.</summary>
    /// <param name="mod">What.</param>
    /// <param name="deleted">The meters that are gone.</param>
    /// <returns>Why not, or null.</returns>
    public Refusal? Apply(MeterMod mod, out IReadOnlyList<MeterId> deleted)
    {
        deleted = [];
        switch (mod.Command)
        {
            case MeterModCommand.Add:
                return Add(mod);
            case MeterModCommand.Modify:
                return Modify(mod);
            case MeterModCommand.Delete:
                deleted = Delete(mod.Meter);
                return null;
            default:
                return Refuse(ErrorCodes.MeterModBadCommand);
        }
    }

    private Refusal? Add(MeterMod mod)
    {
        if (Find(mod.Meter) is not null) return Refuse(ErrorCodes.MeterExists);
        if (WhyNot(mod) is { } refusal) return refusal;
        if (_meters.Count >= capacity) return Refuse(ErrorCodes.MetersFull);
        Put(new Meter(mod, context.NowTicks, context.NowTicks));
        return null;
    }

    private Refusal? Modify(MeterMod mod)
    {
        if (Find(mod.Meter) is not { } before) return Refuse(ErrorCodes.MeterUnknown);
        if (WhyNot(mod) is { } refusal) return refusal;
        var changed = new Meter(mod, before.CreatedTicks, context.NowTicks);
        changed.ContinueFrom(before);
        Put(changed);
        return null;
    }

    private List<MeterId> Delete(MeterId id)
    {
        Meter[] meant = id == MeterId.All ? [.. All] : Find(id) is { } meter ? [meter] : [];
        foreach (Meter each in meant)
        {
            _meters.Remove(each.Id.Value);
            journal.Record(() => _meters.Add(each.Id.Value, each));
        }
        return [.. meant.Select(each => each.Id)];
    }

    private static Refusal? WhyNot(MeterMod mod)
    {
        bool isReal = mod.Meter.Value != 0 && mod.Meter.Value <= MeterId.Max.Value;
        if (!isReal) return Refuse(ErrorCodes.MeterInvalid);
        const MeterFlags Units = MeterFlags.KilobitsPerSecond | MeterFlags.PacketsPerSecond;
        bool hasBothUnits = (mod.Flags & Units) == Units;
        if (hasBothUnits || (mod.Flags & ~KnownFlags) != 0) return Refuse(ErrorCodes.MeterBadFlags);
        if (mod.Bands.Length > BandsMax) return Refuse(ErrorCodes.BandsFull);
        foreach (MeterBand band in mod.Bands)
        {
            if (band.Type is not (MeterBandType.Drop or MeterBandType.DscpRemark))
                return Refuse(ErrorCodes.MeterBadBand);
            if (band.Rate == 0) return Refuse(ErrorCodes.MeterBadRate);
        }
        return null;
    }

    private void Put(Meter meter)
    {
        Meter? before = Find(meter.Id);
        _meters[meter.Id.Value] = meter;
        journal.Record(() =>
        {
            if (before is null) _meters.Remove(meter.Id.Value);
            else _meters[meter.Id.Value] = before;
        });
    }

    private static Refusal Refuse(ushort code) => new(ErrorType.MeterModFailed, code);
}
