using Lime.OpenFlow;
using Lime.OpenFlow.Identifiers;

namespace Lime.Benchmarks.Overhead;

/// <summary>What a comparison does, however the bytes travel.</summary>
internal sealed record OverheadPlan
{
    private const ulong InstanceStride = 0x10000;

    public OpenFlowVersion Version { get; init; } = OpenFlowVersion.V10;

    public OverheadScenario Scenario { get; init; }

    /// <summary>Switches that send packet-ins.</summary>
    public int Switches { get; init; } = 10;

    /// <summary>Source addresses of each.</summary>
    public int Addresses { get; init; } = 100;

    /// <summary>Rules on each switch besides what is learnt; what a migration copies.</summary>
    public int Rules { get; init; } = 10_000;

    /// <summary>Rule changes a second, of each switch; for <see cref="OverheadScenario.Updates"/>.</summary>
    public int UpdatesPerSecond { get; init; } = 1000;

    /// <summary>Virtual networks that the switches are divided among, with names and port numbers of their own; 0: each
    /// switch appears as it is.</summary>
    public int Networks { get; init; }

    /// <summary>How many instances each virtual switch has from the beginning.</summary>
    public int Instances => Scenario switch
    {
        OverheadScenario.TwoInstances => 2,
        OverheadScenario.ThreeInstances => 3,
        _ => 1,
    };

    /// <summary>Switches besides the one that sends, for each that sends: further instances, or a target.</summary>
    public int SparesPerSwitch => Scenario == OverheadScenario.Migration ? 1 : Instances - 1;

    /// <summary>The switch that sends; counted from 0.</summary>
    public static DatapathId Sender(int index) => new((ulong)index + 1);

    /// <summary>A spare of it; counted from 1.</summary>
    public static DatapathId Spare(int index, int number) => new(((ulong)number * InstanceStride) + (ulong)index + 1);

    public IEnumerable<DatapathId> Spares() =>
        from index in Enumerable.Range(0, Switches)
        from number in Enumerable.Range(1, SparesPerSwitch)
        select Spare(index, number);
}
