namespace Lime.Tests.Wire.V13;

/// <summary>Frames of OpenFlow 1.3: recorded from Open vSwitch 3.1, or built by hand after the specification. Open
/// vSwitch reads all of them that say how it prints them.</summary>
internal static class VectorsV13
{
    public static IEnumerable<WireVector> All =>
        [.. MessageVectorsV13.All, .. MatchVectorsV13.All, .. FurtherMatchVectorsV13.All, .. ActionVectorsV13.All,
            .. SwitchVectorsV13.All, .. MultipartVectorsV13.All, .. MultipartReplyVectorsV13.All];
}
