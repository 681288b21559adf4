namespace Lime.Tests.Checking;

/// <summary>Finds for every packet the earliest place that explains it.</summary>
/// <remarks>
/// Why the earliest places are enough. What a packet does depends on the state at its place alone (tables, groups; not
/// on counters, and expiries are entries), so each packet has a fixed set of places that explain it. All other
/// conditions are of the form "not before that one", "not before here" and "not behind here". Given two assignments of
/// places that satisfy such conditions, the assignment of the earlier of each two satisfies them too: if there is any
/// solution there is a least one. It is found by starting everything at its own lower bound and moving up what lies
/// before something it must not precede; nothing is ever moved further than every solution has it, so if something has
/// to move beyond its upper bound, or finds no place any more, there is no solution. Two packets in one state still
/// have an order, which is where a circle of arrows would be a contradiction: the arrows are looked through for one at
/// the end. What depends on counters (meters that drop, idle times, what statistics say) is not decided here.
/// </remarks>
internal sealed class Placement(Causality causality, SerialOrder order, TraceSetting setting, ViolationList violations)
{
    public void Run()
    {
        var waiting = new Queue<OrderNode>(causality.Nodes);
        foreach (OrderNode each in causality.Nodes) each.IsQueued = true;
        while (waiting.TryDequeue(out OrderNode? node))
        {
            node.IsQueued = false;
            Settle(node);
            foreach (OrderNode next in node.Next)
            {
                if (next.Lower >= node.Position) continue;
                next.Lower = node.Position;
                if (next.IsQueued) continue;
                next.IsQueued = true;
                waiting.Enqueue(next);
            }
        }
        FindCircle();
    }

    /// <summary>How many commands may be given while a packet of which nothing is seen is on its way: it has no upper
    /// bound of its own.</summary>
    private const int EntriesOnTheWay = 100;

    /// <summary>The states that explain a packet at or behind its place, as far as its fate allows.</summary>
    public IEnumerable<int> PlacesOf(OrderNode packet)
    {
        int last = Math.Min(order.States.Count - 1, packet.Upper / 2);
        if (packet.Packet!.Sightings.Count == 0)
            last = Math.Min(last, causality.SentUntil(packet.EventIndex) + EntriesOnTheWay);
        for (int state = packet.Position / 2; state <= last; state++)
        {
            if (packet.Packet!.IsExplainedBy(order.States[state], setting)) yield return state;
        }
    }

    private void Settle(OrderNode node)
    {
        if (node.IsBroken) return;
        int lower = Math.Max(node.Lower, node.Position);
        int? place = node.LeastFrom is { } least ? least(lower) : lower;
        if (place <= node.Upper)
        {
            node.Position = place.Value;
            return;
        }
        node.IsBroken = true;
        Complain(node);
        // From where it would be without the others, so that one contradiction is told once.
        node.Position = Math.Min(node.Position, node.Upper);
    }

    private void Complain(OrderNode node)
    {
        if (node.Packet is not { } story)
        {
            violations.Add(ViolationKind.OrderBroken,
                $"{node.What} comes too late: what came before it depends on what comes behind it "
                + $"(position {node.Lower} instead of {node.Upper} at most).", node.EventIndex);
            return;
        }
        int? anywhere = node.LeastFrom!(1);
        ViolationKind kind = anywhere is null ? ViolationKind.PacketUnexplained : ViolationKind.OrderBroken;
        string range = $"between states {node.Lower / 2} and "
            + $"{Math.Min(node.Upper / 2, order.States.Count - 1)} (of {order.States.Count - 1})";
        string why = anywhere is null
            ? "No state explains it"
            : $"Only state {anywhere / 2} or later ones do, out of order";
        violations.Add(kind, $"{story.Sent}: has to lie {range}. {why}. {Expected(node, story)}", node.EventIndex);
    }

    private string Expected(OrderNode node, PacketStory story)
    {
        string seen = story.Sightings.Count == 0
            ? "nothing"
            : string.Join(" and ", story.Sightings.Select(each => $"[{each.Event}]"));
        int from = Math.Min(node.Lower / 2, order.States.Count - 1);
        int to = Math.Min(from + 3, order.States.Count - 1);
        IEnumerable<string> expected = Enumerable.Range(from, to - from + 1).Select(state =>
            $"in state {state} one switch {Outcome.Describe(story.At(order.States[state]).Outputs, setting)}");
        return $"Seen: {seen}; {string.Join("; ", expected)}.";
    }

    /// <summary>Takes away what nothing is before, again and again; what is left lies on or behind a circle.</summary>
    private void FindCircle()
    {
        foreach (OrderNode next in causality.Nodes.SelectMany(each => each.Next)) next.Awaited++;
        var free = new Queue<OrderNode>(causality.Nodes.Where(each => each.Awaited == 0));
        int taken = 0;
        while (free.TryDequeue(out OrderNode? node))
        {
            taken++;
            foreach (OrderNode next in node.Next)
            {
                if (--next.Awaited == 0) free.Enqueue(next);
            }
        }
        if (taken == causality.Nodes.Count) return;
        OrderNode[] packets = [.. causality.Nodes.Where(each => each is { Awaited: > 0, Packet: not null })];
        if (packets.All(each => each.IsBroken)) return; // Told already: handed up twice, for instance.
        string[] circle = [.. packets.Take(4).Select(each => each.Packet!.Sent.ToString())];
        int index = packets[0].EventIndex;
        violations.Add(ViolationKind.OrderBroken,
            "Things depend on each other in a circle (the app saw an effect before its cause), among: "
            + string.Join("; ", circle), index);
    }
}
