namespace Lime.Benchmarks.Overhead;

/// <summary>What goes on in the virtual layer while packet-ins are answered.</summary>
internal enum OverheadScenario
{
    /// <summary>One instance: the state nearly all of the time.</summary>
    Steady,

    /// <summary>Two instances live.</summary>
    TwoInstances,

    /// <summary>Three instances live.</summary>
    ThreeInstances,

    /// <summary>Rules are copied to a target, which joins and is given up again, over and over.</summary>
    Migration,

    /// <summary>Rules that have nothing to do with the packets come, change and go; on the direct switch as
    /// well.</summary>
    Updates,
}
