using System.Collections.Immutable;
using Lime.OpenFlow.Identifiers;
using Lime.Tests.Reference;

namespace Lime.Tests.Checking;

/// <summary>A packet of a host and all that became of it by itself: what a packet-out made of it is the packet-out's.</summary>
/// <param name="Sent">Its sending.</param>
/// <param name="EventIndex">Where in the trace.</param>
/// <param name="Port">The switch's port that it entered by.</param>
/// <param name="MayBeLost">Whether a fault excuses its loss, of the packet or of a copy or packet-in of it.</param>
internal sealed record PacketStory(HostSent Sent, int EventIndex, PortNumber Port, bool MayBeLost)
{
    private readonly Dictionary<ReferenceState, ReferenceStep> _steps = new(ReferenceEqualityComparer.Instance);
    private readonly ImmutableArray<byte> _frame = [.. Sent.Frame];

    public List<Sighting> Sightings { get; } = [];

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

    /// <summary>Whether that is what was seen: the same copies at the same hosts, the same packet-ins, nothing more; nor
    /// less, unless it may be lost.</summary>
    public bool IsExplainedBy(ReferenceState state, TraceSetting setting)
    {
        List<ReferenceOutput> expected = Outcome.Visible(At(state).Outputs, setting);
        if (Sightings.Count > expected.Count || (Sightings.Count < expected.Count && !MayBeLost)) return false;
        return Sightings.TrueForAll(sighting =>
        {
            int at = expected.FindIndex(each => sighting.Is(each, setting));
            if (at >= 0) expected.RemoveAt(at);
            return at >= 0;
        });
    }
}
