using System.Collections.Immutable;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Rules;

/// <summary>The authoritative copy of a virtual switch's meters (1.3.5 section 6.6).</summary>
/// <remarks>Rules that use a deleted meter are the flow table's part of the deletion. Threading: the owner
/// loop's.</remarks>
/// <param name="metersMax">How many there may be.</param>
internal sealed class ShadowMeterTable(int metersMax = int.MaxValue)
{
    private readonly Dictionary<MeterId, ShadowMeter> _meters = [];

    public int Count => _meters.Count;

    public ImmutableArray<ShadowMeter> InOrder => [.. _meters.Values.OrderBy(each => each.Id.Value)];

    public ShadowMeter? Find(MeterId id) => _meters.GetValueOrDefault(id);

    /// <summary>What one switch would refuse the command for; null: it can be carried out.</summary>
    /// <param name="command">The command.</param>
    /// <param name="isPartial">Whether the switch is others' too: then its own meters, which all packets pass that it
    /// sends up, are nobody's.</param>
    public (ErrorType Type, ushort Code)? FindFault(MeterMod command, bool isPartial = false)
    {
        bool isOrdinary = command.Meter.Value != 0 && command.Meter.Value <= MeterId.Max.Value;
        bool isVirtual = !isPartial && (command.Meter == MeterId.SlowPath || command.Meter == MeterId.Controller);
        switch (command.Command)
        {
            case MeterModCommand.Add or MeterModCommand.Modify when !isOrdinary && !isVirtual:
                return (ErrorType.MeterModFailed, ErrorCodes.MeterInvalid);
            case MeterModCommand.Add when _meters.ContainsKey(command.Meter):
                return (ErrorType.MeterModFailed, ErrorCodes.MeterExists);
            case MeterModCommand.Add when IsFullFor(command):
                return (ErrorType.MeterModFailed, ErrorCodes.MetersFull);
            case MeterModCommand.Modify when !_meters.ContainsKey(command.Meter):
                return (ErrorType.MeterModFailed, ErrorCodes.MeterUnknown);
            case MeterModCommand.Add or MeterModCommand.Modify or MeterModCommand.Delete:
                return null;
            default:
                return (ErrorType.MeterModFailed, ErrorCodes.MeterModBadCommand);
        }
    }

    /// <summary>Whether an ADD finds no room.</summary>
    public bool IsFullFor(MeterMod command) => command.Command == MeterModCommand.Add
        && _meters.Count >= metersMax && !_meters.ContainsKey(command.Meter);

    /// <summary>Carries out a command that has no fault.</summary>
    /// <returns>The meters that are gone.</returns>
    public ImmutableArray<ShadowMeter> Apply(MeterMod command, long nowTicks)
    {
        if (command.Command != MeterModCommand.Delete)
        {
            Put(command, nowTicks);
            return [];
        }
        ImmutableArray<ShadowMeter> gone =
            [.. InOrder.Where(each => command.Meter == MeterId.All || each.Id == command.Meter)];
        foreach (ShadowMeter meter in gone) _meters.Remove(meter.Id);
        return gone;
    }

    /// <summary>Puts in a meter as an ADD or MODIFY, or a switch, says it is.</summary>
    /// <remarks>A MODIFY keeps the meter's counters (1.3.5 section 6.6 changes flags and bands only).</remarks>
    public ShadowMeter Put(MeterMod command, long nowTicks)
    {
        if (!_meters.TryGetValue(command.Meter, out ShadowMeter? meter))
        {
            meter = new ShadowMeter(command.Meter) { InstalledTicks = nowTicks };
            _meters.Add(command.Meter, meter);
        }
        meter.Flags = command.Flags;
        meter.Bands = command.Bands;
        meter.ChangedTicks = nowTicks;
        return meter;
    }

    /// <summary>Takes one meter out.</summary>
    public void Remove(MeterId id) => _meters.Remove(id);
}
