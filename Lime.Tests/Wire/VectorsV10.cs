namespace Lime.Tests.Wire;

/// <summary>Frames of every OpenFlow 1.0 message: recorded from Open vSwitch 3.1, or built by hand after
/// the specification; Open vSwitch reads all of them.</summary>
internal static class VectorsV10
{
    public static IEnumerable<WireVector> All =>
        [.. ConnectionVectorsV10.All, .. SwitchVectorsV10.All, .. FlowVectorsV10.All,
            .. StatisticsVectorsV10.All];
}
