namespace Lime.Tests.Checking;

/// <summary>Judges whether a run, as hosts and the app saw it, is a run of one ordinary switch.</summary>
/// <remarks>
/// The app's commands and the expiries form a serial order, which the system under test claims. The claim is tested,
/// not believed: it has to be the app's own order, and every packet has to have a place in it such that the reference
/// switch, in the state of that place, does to the packet what hosts and app saw, and such that the places fit the
/// order in which things depend on each other (<see cref="Causality"/>). Then errors, removals, answers and counters
/// are judged. It shares no code with Lime's controller: its only switch is the reference switch.
/// </remarks>
internal static class TraceChecker
{
    public static TraceVerdict Check(Trace trace)
    {
        TraceVerdict verdict = CheckAsClaimed(trace);
        for (int i = 0; i < trace.Events.Length && !verdict.IsExplained; i++)
        {
            if (trace.Events[i] is not ExpiryClaimed) continue;
            foreach (Trace other in ExpiryPlaces.Earlier(trace, i))
            {
                TraceVerdict found = CheckAsClaimed(other);
                if (found.Violations.Length >= verdict.Violations.Length) continue;
                (trace, verdict) = (other, found);
                break;
            }
        }
        return verdict;
    }

    private static TraceVerdict CheckAsClaimed(Trace trace)
    {
        var violations = new ViolationList();
        var order = new SerialOrder(trace, violations);
        var causes = new Attribution(trace, order, violations);
        order.Affinity.Learn(order.States, causes.Packets.Values);
        var answers = new AnswerCheck(trace, order, violations);
        answers.Run();
        var causality = new Causality(trace, order, causes, answers.EntryOf, violations);
        var placement = new Placement(causality, order, trace.Setting, violations);
        placement.Run();
        var tallies = new Tallies(trace, order, causality, placement, causes);
        new StatisticsCheck(trace, order, causality, tallies).Run(answers, violations);
        var meters = new MeterCheck(trace, order, placement);
        meters.Run(causality.Packets, violations);
        ExpiryCheck.Run(trace, order, tallies, violations);
        return new TraceVerdict(
            [.. violations.Found.OrderBy(each => each.EventIndex)],
            Count(trace, order, causality, causes) with { Metered = meters.Metered });
    }

    private static CheckCounts Count(Trace trace, SerialOrder order, Causality causality, Attribution causes) => new()
    {
        PacketsPlaced = causality.Packets.Count(each => !each.IsBroken),
        PlacedEarlier = causality.Packets.Count(each => each.Position / 2 < causality.SentUntil(each.EventIndex)),
        CrossedUpdates = causality.CrossedUpdates,
        PacketsExcused = causes.Packets.Values.Count(each => each is { MayBeLost: true, Sightings.Count: 0 }),
        Commands = order.Entries.Count(each => each.Command is not null),
        Expiries = order.Expiries.Count,
        Barriers = trace.Events.Count(each => each is BarrierAnswered),
        StatisticsReplies = trace.Events.Count(each => each is FlowsAnswered or AggregateAnswered),
        FlowRemovals = trace.Events.Count(each => each is FlowRemovedReceived),
        PacketIns = trace.Events.Count(each => each is PacketInReceived),
        Errors = trace.Events.Count(each => each is ErrorReceived),
    };
}
