namespace Lime.Tests.Checking;

/// <summary>Reads from a trace what has to come before what: the nodes of the order and the arrows between
/// them.</summary>
/// <remarks>
/// The arrows:
/// a host's packet comes after all that the host had received when it sent it (and after what it had sent, where cables
/// keep order);
/// packet-ins came over one channel, so in the order in which their packets crossed the switch;
/// a command comes after everything the app had seen when it gave it;
/// a packet that is sent when a barrier has been answered comes after the commands before the barrier, and so does one
/// whose packet-in is seen then: a barrier's meaning is that whoever is told of it, by whatever way, may rely on it;
/// flow-removed and errors of commands before a barrier come before its reply;
/// a packet whose fate was seen before a command was given comes before it.
/// What has no arrow: messages of different kinds on the channel. Only barriers order them (1.0.0 section 4.1.3, 1.3.5
/// section 6.2), and real switches send packet-ins and flow-removed through queues of their own. An app awaits answers,
/// and learns of one when its turn on the loop comes, which may be behind packet-ins that followed it on the wire. When
/// statistics may have been read is judged with their numbers.
/// </remarks>
internal sealed class Causality
{
    private readonly Trace _trace;
    private readonly SerialOrder _order;
    private readonly Attribution _causes;
    private readonly IReadOnlyDictionary<int, OrderEntry> _answered;
    private readonly ViolationList _violations;
    private readonly Dictionary<string, OrderNode> _known = [];
    private readonly Dictionary<string, OrderNode> _lastSent = [];
    private readonly Dictionary<uint, OrderNode> _packets = [];
    private readonly HashSet<OrderNode> _seen = [];
    private readonly Dictionary<int, int> _sentAtRequest = [];
    private readonly int[] _sentUntil;
    private readonly int[] _firstUnsent;
    private OrderNode _app;
    private int _confirmed;

    /// <param name="trace">The run.</param>
    /// <param name="order">Its entries.</param>
    /// <param name="causes">What caused frames and packet-ins.</param>
    /// <param name="answered">Which entry a flow-removed or an error, by its place in the trace, belongs to.</param>
    /// <param name="violations">Where to say what comes behind a barrier's reply and must not.</param>
    public Causality(
        Trace trace,
        SerialOrder order,
        Attribution causes,
        IReadOnlyDictionary<int, OrderEntry> answered,
        ViolationList violations)
    {
        _violations = violations;
        _trace = trace;
        _order = order;
        _causes = causes;
        _answered = answered;
        (_sentUntil, _firstUnsent) = Sendings(trace, order);
        _app = Add(new OrderNode(() => "the begin", 0));
        for (int i = 0; i < trace.Events.Length; i++) Read(trace.Events[i], i);
    }

    public List<OrderNode> Nodes { get; } = [];

    public IEnumerable<OrderNode> Packets => _packets.Values;

    /// <summary>How many entries are of commands that had been sent before an event, or of what ran out before
    /// it.</summary>
    public int SentUntil(int eventIndex) => _sentUntil[eventIndex];

    /// <summary>The last state that can have been reached at an event.</summary>
    public int LastStateAt(int eventIndex) => _firstUnsent[eventIndex] - 1;

    /// <summary>Packets that crossed while a command was sent and not confirmed by a barrier.</summary>
    public int CrossedUpdates { get; private set; }

    private static (int[] SentUntil, int[] FirstUnsent) Sendings(Trace trace, SerialOrder order)
    {
        int count = trace.Events.Length;
        var sentUntil = new int[count];
        var firstUnsent = new int[count];
        int next = 0;
        for (int i = 0; i < count; i++)
        {
            while (next < order.Entries.Count && order.Entries[next].EventIndex < i) next++;
            sentUntil[i] = next;
            int unsent = next;
            // What runs out of time does so before anybody hears of it.
            while (unsent < order.Entries.Count && order.Entries[unsent].Command is null) unsent++;
            firstUnsent[i] = unsent + 1;
        }
        return (sentUntil, firstUnsent);
    }

    private void Read(TraceEvent traceEvent, int index)
    {
        switch (traceEvent)
        {
            case HostSent sent:
                Send(sent, index);
                break;
            case HostReceived received when !_trace.Setting.Links.Contains(received.Host):
                if (CauseAt(index) is { } frameCause) Learn(received.Host, frameCause, index);
                break;
            case CommandSent command when _order.Find(command.Xid) is { } entry:
                _app.Before(Fixed(entry.Position, () => $"the command {entry}", index));
                break;
            case RequestSent request:
                _sentAtRequest[request.Number] = _sentUntil[index];
                break;
            case BarrierAnswered barrier when _sentAtRequest.TryGetValue(barrier.Number, out int sentBefore):
                _confirmed = Math.Max(_confirmed, sentBefore);
                See(null, index);
                break;
            case PacketInReceived:
                See(CauseAt(index), index);
                break;
            case FlowRemovedReceived or ErrorReceived
                when _answered.TryGetValue(index, out OrderEntry? late) && late.Number <= _confirmed:
                _violations.Add(ViolationKind.OrderBroken,
                    $"A barrier behind {late} had been answered before: {traceEvent}", index);
                break;
        }
    }

    private void Send(HostSent sent, int index)
    {
        PacketStory story = _causes.Packets[sent.Packet];
        var node = Add(new OrderNode(() => $"packet {sent.Packet}", index)
        {
            Packet = story,
            Lower = (2 * _confirmed) + 1,
            LeastFrom = position => LeastPlace(story, position),
        });
        if (_sentUntil[index] > _confirmed) CrossedUpdates++;
        if (story.Sightings.Count > 0)
            node.Upper = (2 * LastStateAt(story.Sightings.Min(each => each.EventIndex))) + 1;
        if (_known.TryGetValue(sent.Host, out OrderNode? known)) known.Before(node);
        if (_trace.Setting.HostsKeepOrder && _lastSent.TryGetValue(sent.Host, out OrderNode? last)) last.Before(node);
        _lastSent[sent.Host] = node;
        _packets[sent.Packet] = node;
    }

    private int? LeastPlace(PacketStory story, int position)
    {
        // A packet of which nothing is known but that it may be lost lies anywhere.
        if (story is { MayBeLost: true, Sightings.Count: 0 }) return position | 1;
        for (int state = position / 2; state < _order.States.Count; state++)
        {
            if (story.IsExplainedBy(_order.States[state], _trace.Setting)) return (2 * state) + 1;
        }
        return null;
    }

    private OrderNode? CauseAt(int index)
    {
        if (_causes.ByPacketOut.TryGetValue(index, out OrderEntry? entry))
            return CausedBy(entry, index);
        byte[]? frame = _trace.Events[index] switch
        {
            HostReceived received => received.Frame,
            PacketInReceived seen => seen.Packet.Frame,
            _ => null,
        };
        return PacketMark.TryRead(frame) is { } id ? _packets.GetValueOrDefault(id) : null;
    }

    /// <summary>At the packet-out's place, or later where it goes through the tables.</summary>
    private OrderNode CausedBy(OrderEntry entry, int index)
    {
        string What() => $"{_trace.Events[index].Text}, caused by {entry}";
        IReadOnlyList<int> places = _causes.PlacesOf(entry);
        if (places.Count == 0) return Fixed(entry.Position, What, index);
        return Add(new OrderNode(What, index)
        {
            Lower = PositionOf(places[0]),
            Upper = PositionOf(places[^1]),
            LeastFrom = position =>
                places.Select(state => (int?)PositionOf(state)).FirstOrDefault(each => each >= position),
        });

        int PositionOf(int state) => state == entry.Number ? entry.Position : (2 * state) + 1;
    }

    private void Learn(string host, OrderNode cause, int index)
    {
        OrderNode known = Add(new OrderNode(() => $"what {host} knows", index));
        if (_known.TryGetValue(host, out OrderNode? before)) before.Before(known);
        cause.Before(known);
        _known[host] = known;
    }

    private void See(OrderNode? cause, int index)
    {
        OrderNode seen = Add(new OrderNode(() => "what the app has seen", index) { Lower = (2 * _confirmed) + 1 });
        _app.Before(seen);
        if (cause is not null)
        {
            // Several tables may hand up one packet, which crosses once: before all that is seen behind the first.
            if (_seen.Add(cause)) _app.Before(cause);
            cause.Before(seen);
        }
        _app = seen;
    }

    private OrderNode Fixed(int position, Func<string> what, int index) => Add(new OrderNode(what, index)
    {
        Lower = position,
        Upper = position,
    });

    private OrderNode Add(OrderNode node)
    {
        Nodes.Add(node);
        return node;
    }
}
