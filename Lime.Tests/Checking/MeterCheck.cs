using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.Tests.Reference;

namespace Lime.Tests.Checking;

/// <summary>No more passes a meter than its rate, whatever realises the switch: in any time at most the band's burst
/// and
/// what comes at its rate (1.3.5 sections 5.7.1 and 7.3.4.4; H-61).</summary>
/// <remarks>A packet passes between its sending and its first sighting, so one that was sent behind the begin of a time
/// and seen before the end has passed within. Judged between two commands on the meter, and by packets that are sure to
/// have passed then. That a meter lets through as much as its rate is not judged: how it measures is the switch's own
/// affair.</remarks>
internal sealed class MeterCheck(Trace trace, SerialOrder order, Placement placement)
{
    private readonly Dictionary<(uint Meter, int Epoch), List<(PacketStory Packet, TimeSpan Seen)>> _passed = [];

    /// <summary>Packets that went through a meter for sure.</summary>
    public int Metered { get; private set; }

    public void Run(IEnumerable<OrderNode> packets, ViolationList violations)
    {
        if (order.States.All(each => each.Meters.IsEmpty)) return;
        Dictionary<uint, int[]> epochs = EpochsOf();
        foreach (OrderNode packet in packets.Where(each => each is { IsBroken: false, Packet.Sightings.Count: > 0 }))
        {
            (uint Meter, int Epoch)[] places = [.. placement.PlacesOf(packet)
                .Select(state => PassedIn(packet.Packet!, state, epochs)).Distinct().Take(2)];
            if (places is not [{ Meter: > 0 } place]) continue;
            Metered++;
            if (!_passed.TryGetValue(place, out var list)) _passed.Add(place, list = []);
            list.Add((packet.Packet!, packet.Packet!.Sightings.Min(each => each.Event.At)));
        }
        foreach (((uint meter, int epoch), var list) in _passed)
            Judge(meter, BandIn(meter, epoch, epochs), list, violations);
    }

    /// <summary>How many commands on each meter there had been in each state.</summary>
    private Dictionary<uint, int[]> EpochsOf()
    {
        Dictionary<uint, int[]> epochs = [];
        foreach (uint meter in order.States.SelectMany(each => each.Meters.Keys).Distinct())
        {
            int[] count = epochs[meter] = new int[order.States.Count];
            for (int i = 1; i < count.Length; i++)
            {
                bool isChange = order.Entries[i - 1].Command is ResourceSent { Message: MeterMod mod }
                    && (mod.Meter.Value == meter || mod.Meter == MeterId.All);
                count[i] = count[i - 1] + (isChange ? 1 : 0);
            }
        }
        return epochs;
    }

    private (uint Meter, int Epoch) PassedIn(PacketStory story, int state, Dictionary<uint, int[]> epochs)
    {
        ReferenceState before = order.States[state];
        ReferenceStep step = story.At(before);
        if (story.Explanation(before, trace.Setting) != step) return default; // A meter has dropped it.
        ReferenceState after = step.State;
        foreach ((uint id, ReferenceMeter meter) in after.Meters)
        {
            if (meter.PacketCount > before.Meters[id].PacketCount) return (id, epochs[id][state]);
        }
        return default;
    }

    private MeterBand BandIn(uint meter, int epoch, Dictionary<uint, int[]> epochs) =>
        order.States[Array.IndexOf(epochs[meter], epoch)].Meters[meter].Bands[0];

    /// <summary>How often another switch's meters have taken over, each with a burst of its own, at a moment that may
    /// lie within a time.</summary>
    private int BegunAnewWithin(TimeSpan from, TimeSpan to) => trace.Events.OfType<LossEnded>().Count(ended =>
        ended.MetersBeganAnew && ended.At >= from
        && trace.Events.OfType<LossBegan>().Any(began => began.Cause == ended.Cause && began.At <= to));

    private void Judge(
        uint meter, MeterBand band, List<(PacketStory Packet, TimeSpan Seen)> passed, ViolationList violations)
    {
        foreach ((PacketStory first, _) in passed)
        {
            int count = 0;
            IEnumerable<(PacketStory Packet, TimeSpan Seen)> within = passed
                .Where(each => each.Packet.Sent.At >= first.Sent.At).OrderBy(each => each.Seen);
            foreach ((PacketStory last, TimeSpan seen) in within)
            {
                double seconds = (seen - first.Sent.At).TotalSeconds * (1 + trace.Setting.ClockSkewFraction);
                double bursts = band.BurstSize * (1.0 + BegunAnewWithin(first.Sent.At, seen));
                if (++count <= bursts + (band.Rate * (seconds + trace.Setting.MeterAheadSeconds))) continue;
                violations.Add(ViolationKind.RateExceeded,
                    $"Meter {meter} of {band.Rate} packets a second, burst of {band.BurstSize} let through {count} "
                    + $"in {seconds * 1000:F1} ms, from {first.Sent} to {last.Sent}", last.EventIndex);
                return;
            }
        }
    }
}
