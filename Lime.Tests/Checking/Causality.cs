namespace Lime.Tests.Checking;

/// <summary>Reads from a trace what has to come before what: the nodes of the order and the arrows between
/// them.</summary>
/// <remarks>
/// The arrows:
/// a host's packet comes after all that the host had received when it sent it (and after what it had sent, where cables
/// keep order);
/// what the app saw came over one channel, so in the order in which the switch did it: packet-ins when their packets
/// crossed, flow-removed and errors at their entries, barriers behind the commands before them and before those after;
/// a command comes after everything the app had seen when it gave it;
/// a packet that is sent when a barrier has been answered comes after the commands before the barrier: a barrier's
/// meaning is that whoever is told of it, by whatever way, may rely on it;
/// a packet whose fate was seen before a command was given comes before it.
/// Answers to statistics requests are not in the channel's line: without a barrier a switch may answer them later than
/// what follows (1.0.0 section 4.1.3); when they may have been read is judged with their numbers.
/// </remarks>
internal sealed class Causality
{
    private readonly Trace _trace;
    private readonly SerialOrder _order;
    private readonly Attribution _causes;
    private readonly IReadOnlyDictionary<int, OrderEntry> _answered;
    private readonly Dictionary<string, OrderNode> _known = [];
    private readonly Dictionary<string, OrderNode> _lastSent = [];
    private readonly Dictionary<uint, OrderNode> _packets = [];
    private readonly Dictionary<int, (int Index, int Sent)> _requests = [];
    private readonly int[] _sentUntil;
    private readonly int[] _firstUnsent;
    private OrderNode _app;
    private int _confirmed;

    /// <param name="trace">The run.</param>
    /// <param name="order">Its entries.</param>
    /// <param name="causes">What caused frames and packet-ins.</param>
    /// <param name="answered">Which entry a flow-removed or an error, by its place in the trace, belongs to.</param>
    public Causality(
        Trace trace, SerialOrder order, Attribution causes, IReadOnlyDictionary<int, OrderEntry> answered)
    {
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

    /// <summary>How many entries are of commands that had been sent before an event, or of what ran out before it.</summary>
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
            case HostReceived received:
                if (CauseAt(index) is { } frameCause) Learn(received.Host, frameCause, index);
                break;
            case CommandSent command when _order.Find(command.Xid) is { } entry:
                _app.Before(Fixed(entry, () => $"the command {entry}", index));
                break;
            case RequestSent request:
                _requests[request.Number] = (index, _sentUntil[index]);
                break;
            case BarrierAnswered barrier when _requests.TryGetValue(barrier.Number, out (int Index, int Sent) asked):
                See(Barrier(barrier, asked, index), index);
                _confirmed = Math.Max(_confirmed, asked.Sent);
                break;
            case PacketInReceived or FlowRemovedReceived or ErrorReceived:
                if (CauseAt(index) is { } cause) See(cause, index);
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
        OrderEntry? entry = _causes.ByPacketOut.GetValueOrDefault(index) ?? _answered.GetValueOrDefault(index);
        if (entry is not null) return Fixed(entry, () => $"{_trace.Events[index].Text}, caused by {entry}", index);
        byte[]? frame = _trace.Events[index] switch
        {
            HostReceived received => received.Frame,
            PacketInReceived seen => seen.Packet.Frame,
            _ => null,
        };
        return PacketMark.TryRead(frame) is { } id ? _packets.GetValueOrDefault(id) : null;
    }

    private void Learn(string host, OrderNode cause, int index)
    {
        OrderNode known = Add(new OrderNode(() => $"what {host} knows", index));
        if (_known.TryGetValue(host, out OrderNode? before)) before.Before(known);
        cause.Before(known);
        _known[host] = known;
    }

    private void See(OrderNode cause, int index)
    {
        _app.Before(cause);
        OrderNode seen = Add(new OrderNode(() => "what the app has seen", index));
        _app.Before(seen);
        cause.Before(seen);
        _app = seen;
    }

    private OrderNode Barrier(BarrierAnswered barrier, (int Index, int Sent) asked, int index) =>
        Add(new OrderNode(() => $"barrier {barrier.Number}", index)
        {
            Lower = (2 * asked.Sent) + 1,
            Upper = (2 * LastStateAt(asked.Index)) + 1,
            LeastFrom = position => position | 1,
        });

    private OrderNode Fixed(OrderEntry entry, Func<string> what, int index) => Add(new OrderNode(what, index)
    {
        Lower = entry.Position,
        Upper = entry.Position,
    });

    private OrderNode Add(OrderNode node)
    {
        Nodes.Add(node);
        return node;
    }
}
