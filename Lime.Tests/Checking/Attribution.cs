using System.Collections.Immutable;
using Lime.OpenFlow.Identifiers;
using Lime.Tests.Reference;

namespace Lime.Tests.Checking;

/// <summary>Says of each frame that a host received and each packet-in what caused it: a host's packet, or a
/// packet-out.</summary>
/// <remarks>What packet-outs do follows from the claimed order alone, so they are served first, the last ones first and
/// with the latest of equal sightings: a packet's own copies come before those of a packet-out that it caused, and the
/// earlier a host is taken to have seen something, the more it may explain. What is left is the packets' own.</remarks>
internal sealed class Attribution
{
    private readonly Trace _trace;
    private readonly ViolationList _violations;
    private readonly LossWindows _losses;
    private readonly SerialOrder _order;
    private readonly Dictionary<uint, List<Sighting>> _sightings = [];
    private readonly Dictionary<OrderEntry, List<int>> _places = [];

    public Attribution(Trace trace, SerialOrder order, ViolationList violations)
    {
        _trace = trace;
        _order = order;
        _violations = violations;
        _losses = new LossWindows(trace);
        Gather();
        for (int i = order.Entries.Count - 1; i >= 0; i--) Serve(order.Entries[i]);
        GiveRest();
    }

    /// <summary>The packets of hosts, by number.</summary>
    public Dictionary<uint, PacketStory> Packets { get; } = [];

    /// <summary>Sightings that a packet-out caused, by their place in the trace.</summary>
    public Dictionary<int, OrderEntry> ByPacketOut { get; } = [];

    /// <summary>The states in which a packet-out through the tables may have been carried out, in order; empty: only in
    /// that of its place.</summary>
    public IReadOnlyList<int> PlacesOf(OrderEntry entry) => _places.GetValueOrDefault(entry, []);

    /// <summary>Counters that a packet-out through the tables may have moved, and whether it is sure to have.</summary>
    public (ImmutableArray<Hit> Hits, bool IsSure) HitsOf(OrderEntry entry)
    {
        IReadOnlyList<int> places = PlacesOf(entry);
        if (places.Count == 0) return (entry.Hits, true);
        HashSet<Hit> hits = [];
        foreach (int state in places)
        {
            hits.UnionWith(Lineages.HitsOf(
                _order.States[state], ReferenceSwitch.Step(_order.States[state], entry.PacketOut!).State));
        }
        return ([.. hits], places.Count == 1);
    }

    private void Gather()
    {
        Dictionary<string, PortNumber> ports = _trace.Setting.HostAtPort.ToDictionary(
            each => each.Value, each => new PortNumber(each.Key));
        for (int i = 0; i < _trace.Events.Length; i++)
        {
            TraceEvent each = _trace.Events[i];
            if (each is HostSent sent)
            {
                var story = new PacketStory(sent, i, ports[sent.Host], _losses.MayLose(sent.At))
                {
                    LosableTo = _losses.LosableAt(sent.At),
                };
                if (!Packets.TryAdd(sent.Packet, story))
                    throw new ArgumentException($"Packet {sent.Packet} was sent twice: the trace is of no use.");
            }
            if (each is not (HostReceived or PacketInReceived)) continue;
            var sighting = new Sighting(each, i);
            uint? mark = PacketMark.TryRead(sighting.Frame);
            if (mark is not { } id) _violations.Add(ViolationKind.Uncaused, $"Nobody sent it: {each}", i);
            else if (_sightings.TryGetValue(id, out List<Sighting>? known)) known.Add(sighting);
            else _sightings.Add(id, [sighting]);
        }
    }

    private void Serve(OrderEntry entry)
    {
        if (entry.Command is not PacketOutSent sent) return;
        List<ReferenceOutput> outputs = OutputsOf(entry);
        for (int i = outputs.Count - 1; i >= 0; i--)
        {
            uint? mark = PacketMark.TryRead(outputs[i] switch
            {
                FrameOutput frame => frame.Bytes.AsSpan(),
                PacketInOutput packetIn => packetIn.Bytes.AsSpan(),
                _ => [],
            });
            int at = mark is { } id && _sightings.TryGetValue(id, out List<Sighting>? known)
                ? known.FindLastIndex(each => each.EventIndex > entry.EventIndex && each.Is(outputs[i], _trace.Setting))
                : -1;
            if (at >= 0)
            {
                ByPacketOut.Add(_sightings[mark!.Value][at].EventIndex, entry);
                _sightings[mark.Value].RemoveAt(at);
            }
            else if (!_losses.MayLose(sent.At) && !MayMiss(outputs[i], sent.At))
            {
                string what = Outcome.Describe([outputs[i]], _trace.Setting);
                _violations.Add(ViolationKind.PacketUnexplained,
                    $"One switch {what} for this packet-out, and nobody saw it: {sent}", entry.EventIndex);
            }
        }
    }

    private bool MayMiss(ReferenceOutput output, TimeSpan sentAt) => output is FrameOutput frame
        && _losses.MayLoseTo(_trace.Setting.HostAtPort[frame.Port.Value], sentAt);

    /// <summary>What a packet-out puts out: in the state of its place or, if that was not seen, in the first state
    /// behind
    /// it that explains what was, up to the next barrier.</summary>
    /// <remarks>"In the absence of barrier messages, switches may arbitrarily reorder messages" (1.3.5 section
    /// 6.2).</remarks>
    private List<ReferenceOutput> OutputsOf(OrderEntry entry)
    {
        List<ReferenceOutput> own = Outcome.Visible(entry.Outputs, _trace.Setting);
        if (!((PacketOutSent)entry.Command!).Packet.Actions.SendsTo(PortNumber.Table)) return own;
        List<ReferenceOutput>? found = AreSeen(own, entry) ? own : null;
        List<int> places = found is null ? [] : [entry.Number];
        foreach (int state in StatesBehind(entry))
        {
            ReferenceStep step = ReferenceSwitch.Step(_order.States[state], entry.PacketOut!);
            List<ReferenceOutput> outputs = Outcome.Visible(step.Outputs, _trace.Setting);
            if (found is null && AreSeen(outputs, entry)) found = outputs;
            if (found is not null && IsSame(found, outputs)) places.Add(state);
        }
        if (found is not null) _places[entry] = places;
        return found ?? own;
    }

    private IEnumerable<int> StatesBehind(OrderEntry entry)
    {
        int barrier = entry.EventIndex;
        while (barrier < _trace.Events.Length && _trace.Events[barrier] is not RequestSent { Request: null }) barrier++;
        for (int state = entry.Number + 1; state < _order.States.Count; state++)
        {
            if (_order.Entries[state - 1].EventIndex > barrier) yield break;
            yield return state;
        }
    }

    private bool IsSame(List<ReferenceOutput> some, List<ReferenceOutput> others) =>
        Outcome.Describe(some, _trace.Setting) == Outcome.Describe(others, _trace.Setting);

    private bool AreSeen(List<ReferenceOutput> outputs, OrderEntry entry) => outputs.TrueForAll(output =>
        _sightings.Values.Any(each => each.Exists(sighting =>
            sighting.EventIndex > entry.EventIndex && sighting.Is(output, _trace.Setting))));

    private void GiveRest()
    {
        foreach ((uint id, List<Sighting> rest) in _sightings)
        {
            foreach (Sighting each in rest)
            {
                if (Packets.TryGetValue(id, out PacketStory? story) && story.EventIndex < each.EventIndex)
                    story.Sightings.Add(each);
                else
                    _violations.Add(ViolationKind.Uncaused, $"Nobody had sent it: {each.Event}", each.EventIndex);
            }
        }
    }
}
