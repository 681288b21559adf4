using System.Collections.Immutable;
using Lime.OpenFlow.Identifiers;
using Lime.Tests.Reference;

namespace Lime.Tests.Checking;

/// <summary>A packet of a host and all that became of it by itself: what a packet-out made of it is the
/// packet-out's.</summary>
/// <param name="Sent">Its sending.</param>
/// <param name="EventIndex">Where in the trace.</param>
/// <param name="Port">The switch's port that it entered by.</param>
/// <param name="MayBeLost">Whether a fault excuses its loss, of the packet or of a copy or packet-in of it.</param>
internal sealed record PacketStory(HostSent Sent, int EventIndex, PortNumber Port, bool MayBeLost)
{
    private readonly Dictionary<ReferenceState, ReferenceStep> _steps = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<ReferenceState, ReferenceStep> _stepsPastMeters =
        new(ReferenceEqualityComparer.Instance);
    private readonly ImmutableArray<byte> _frame = [.. Sent.Frame];

    public List<Sighting> Sightings { get; } = [];

    /// <summary>Hosts that may not have been given it, since they stood still.</summary>
    public ImmutableHashSet<string> LosableTo { get; init; } = [];

    /// <summary>What the reference switch does to it in a state.</summary>
    public ReferenceStep At(ReferenceState state)
    {
        if (!_steps.TryGetValue(state, out ReferenceStep? step))
        {
            step = ReferenceSwitch.Step(state, new FrameInput(Port, _frame));
            _steps.Add(state, step);
        }
        return step;
    }

    /// <summary>What explains it in a state: what the reference switch does to it or, if that does not, what it does
    /// when the rate of every meter is exceeded; the first of them if none does.</summary>
    /// <remarks>Whether a rate is exceeded depends on other packets, and on how the switch measures it (1.3.5 section
    /// 5.7); that no more passes than may is judged apart (<see cref="MeterCheck"/>).</remarks>
    public ReferenceStep Explanation(ReferenceState state, TraceSetting setting)
    {
        ReferenceStep step = At(state);
        if (state.Meters.IsEmpty || IsExplainedBy(step, setting)) return step;
        ReferenceStep metered = PastMeters(state);
        return IsExplainedBy(metered, setting) ? metered : step;
    }

    /// <summary>Whether that is what was seen: the same copies at the same hosts, the same packet-ins, nothing more;
    /// nor less, unless it may be lost.</summary>
    public bool IsExplainedBy(ReferenceState state, TraceSetting setting) =>
        IsExplainedBy(Explanation(state, setting), setting);

    private ReferenceStep PastMeters(ReferenceState state)
    {
        if (!_stepsPastMeters.TryGetValue(state, out ReferenceStep? step))
        {
            ReferenceState exceeded = state with
            {
                Meters = state.Meters.ToImmutableSortedDictionary(each => each.Key, each => each.Value with
                {
                    FilledAt = state.Now,
                    Tokens = [.. each.Value.Tokens.Select(_ => 0.0)],
                }),
            };
            step = ReferenceSwitch.Step(exceeded, new FrameInput(Port, _frame));
            _stepsPastMeters.Add(state, step);
        }
        return step;
    }

    private bool MayMiss(ReferenceOutput output, TraceSetting setting) => output is FrameOutput frame
        && LosableTo.Contains(setting.HostAtPort[frame.Port.Value]);

    private bool IsExplainedBy(ReferenceStep step, TraceSetting setting)
    {
        List<ReferenceOutput> expected = Outcome.Visible(step.Outputs, setting);
        if (Sightings.Count > expected.Count) return false;
        bool areExpected = Sightings.TrueForAll(sighting =>
        {
            int at = expected.FindIndex(each => sighting.Is(each, setting));
            if (at >= 0) expected.RemoveAt(at);
            return at >= 0;
        });
        return areExpected && (MayBeLost || expected.TrueForAll(each => MayMiss(each, setting)));
    }
}
