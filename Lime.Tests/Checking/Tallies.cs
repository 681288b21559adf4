using System.Collections.Immutable;
using Lime.OpenFlow;
using Lime.OpenFlow.Messages;
using Lime.Tests.Reference;

namespace Lime.Tests.Checking;

/// <summary>What counters of rules have to say, within bounds: which packets a rule counts is known where only one rule
/// can explain what was seen.</summary>
internal sealed class Tallies
{
    /// <summary>After this time a packet of which nothing was seen has been counted, if nothing held it up.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(2);

    /// <summary>How many commands an update takes together with those beside it, at most.</summary>
    private const int EntriesAround = 12;

    private readonly Dictionary<ulong, List<Tally>> _tallies = [];
    private readonly TimeSpan _lag;
    private readonly LossWindows _losses;
    private readonly bool _isNameless;

    private readonly TraceSetting _setting;

    public Tallies(Trace trace, SerialOrder order, Causality causality, Placement placement, Attribution causes)
    {
        _setting = trace.Setting;
        _lag = trace.Setting.CounterLag;
        _losses = new LossWindows(trace);
        _isNameless = trace.Setting is { Version: OpenFlowVersion.V10, CountersMaySlip: true };
        foreach (OrderNode packet in causality.Packets)
        {
            if (!packet.IsBroken) AddPacket(packet, order, placement);
        }
        foreach (OrderEntry entry in order.Entries)
        {
            (ImmutableArray<Hit> hits, bool isKnown) = causes.HitsOf(entry);
            if (hits.IsDefaultOrEmpty) continue;
            int? seenAt = causes.ByPacketOut.Where(each => each.Value == entry).Select(each => (int?)each.Key).Min();
            TimeSpan at = entry.Command!.At;
            TimeSpan seen = seenAt is { } index ? trace.Events[index].At : at + Settled;
            bool isSure = isKnown && !_losses.MayMissCount(at) && !(_isNameless && GoesUpByRule(entry.Outputs));
            foreach (Hit hit in hits) Add(hit, new Tally(at, seen, hit.Bytes, isSure));
        }
    }

    /// <summary>What a lineage counts at least: packets whose fate had been seen by a time.</summary>
    public (ulong Packets, ulong Bytes) AtLeast(ulong lineage, TimeSpan by) =>
        Sum(lineage, each => each.IsSure && each.SeenAt <= by - _lag);

    /// <summary>What it counts at most: packets that had been sent by a time.</summary>
    public (ulong Packets, ulong Bytes) AtMost(ulong lineage, TimeSpan by) => Sum(lineage, each => each.SentAt <= by);

    /// <summary>When a packet was sent last that surely met the rule; null: none was.</summary>
    public TimeSpan? LastSent(ulong lineage, TimeSpan by) => _tallies.GetValueOrDefault(lineage)?
        .Where(each => each.IsSure && each.SeenAt < by).Select(each => (TimeSpan?)each.SentAt).Max();

    /// <summary>When a packet was seen last that may have met the rule.</summary>
    public TimeSpan? LastSeen(ulong lineage, TimeSpan by) => _tallies.GetValueOrDefault(lineage)?
        .Where(each => each.SentAt < by).Select(each => (TimeSpan?)each.SeenAt).Max();

    private (ulong Packets, ulong Bytes) Sum(ulong lineage, Func<Tally, bool> counts)
    {
        ulong packets = 0, bytes = 0;
        foreach (Tally each in _tallies.GetValueOrDefault(lineage, []))
        {
            if (!counts(each)) continue;
            packets++;
            bytes += (ulong)each.Bytes;
        }
        return (packets, bytes);
    }

    private void AddPacket(OrderNode packet, SerialOrder order, Placement placement)
    {
        PacketStory story = packet.Packet!;
        int states = 0;
        Dictionary<Hit, int> found = [];
        foreach (int state in placement.PlacesOf(packet))
        {
            states++;
            foreach (Hit hit in HitsOf(story, order.States[state])) found[hit] = found.GetValueOrDefault(hit) + 1;
        }
        bool mayBeOthers = _isNameless && AddNameless(packet, order, found);
        TimeSpan sentAt = story.Sent.At;
        TimeSpan seenAt = story.Sightings.Count > 0 ? story.Sightings.Min(each => each.Event.At) : sentAt + Settled;
        bool isKnown = !mayBeOthers && !_losses.MayMissCount(sentAt)
            && !(story.MayBeLost && story.Sightings.Count == 0);
        foreach ((Hit hit, int count) in found)
            Add(hit, new Tally(sentAt, seenAt, hit.Bytes, isKnown && count == states));
    }

    /// <summary>Where packet-ins name no rule nobody can tell, for a moment around an update, which rule counted a
    /// packet
    /// that came up by one: the counters of those before and behind may have it.</summary>
    /// <returns>Whether the packet may have come up so.</returns>
    private bool AddNameless(OrderNode packet, SerialOrder order, Dictionary<Hit, int> found)
    {
        PacketStory story = packet.Packet!;
        int place = packet.Position / 2;
        int last = Math.Min(order.States.Count - 1, place + EntriesAround);
        bool comesUp = false;
        HashSet<Hit> hits = [];
        for (int state = Math.Max(0, place - EntriesAround); state <= last; state++)
        {
            comesUp |= GoesUpByRule(story.At(order.States[state]).Outputs);
            hits.UnionWith(HitsOf(story, order.States[state]));
        }
        if (!comesUp) return false;
        foreach (Hit hit in hits) found.TryAdd(hit, 0);
        return true;
    }

    private static bool GoesUpByRule(IEnumerable<ReferenceOutput> outputs) =>
        outputs.Any(static each => each is PacketInOutput { Reason: PacketInReason.Action });

    private ImmutableArray<Hit> HitsOf(PacketStory story, ReferenceState state) =>
        Lineages.HitsOf(state, story.Explanation(state, _setting).State);

    private void Add(Hit hit, Tally tally)
    {
        if (!_tallies.TryGetValue(hit.Lineage, out List<Tally>? list)) _tallies.Add(hit.Lineage, list = []);
        list.Add(tally);
    }

    private readonly record struct Tally(TimeSpan SentAt, TimeSpan SeenAt, int Bytes, bool IsSure);
}
