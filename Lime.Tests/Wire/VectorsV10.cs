namespace Lime.Tests.Wire;

/// <summary>A frame of every OpenFlow 1.0 message, most of them recorded from Open vSwitch 3.1 and its
/// peer.</summary>
internal static class VectorsV10
{
    public static IEnumerable<WireVector> All =>
        [.. ConnectionVectorsV10.All, .. SwitchVectorsV10.All, .. FlowVectorsV10.All,
            .. StatisticsVectorsV10.All];
}
