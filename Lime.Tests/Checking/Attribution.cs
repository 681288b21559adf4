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
    private readonly Dictionary<uint, List<Sighting>> _sightings = [];

    public Attribution(Trace trace, SerialOrder order, ViolationList violations)
    {
        _trace = trace;
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

    private void Gather()
    {
        Dictionary<string, PortNumber> ports = _trace.Setting.HostAtPort.ToDictionary(
            each => each.Value, each => new PortNumber(each.Key));
        for (int i = 0; i < _trace.Events.Length; i++)
        {
            TraceEvent each = _trace.Events[i];
            if (each is HostSent sent)
            {
                var story = new PacketStory(sent, i, ports[sent.Host], _losses.MayLose(sent.At));
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
        List<ReferenceOutput> outputs = Outcome.Visible(entry.Outputs, _trace.Setting);
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
            else if (!_losses.MayLose(sent.At))
            {
                string what = Outcome.Describe([outputs[i]], _trace.Setting);
                _violations.Add(ViolationKind.PacketUnexplained,
                    $"One switch {what} for this packet-out, and nobody saw it: {sent}", entry.EventIndex);
            }
        }
    }

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
