using Lime.OpenFlow.Messages;

namespace Lime.OpenFlow.Wire.V10;

/// <summary>Port features (ofp_port_features, OpenFlow 1.0.0 section 5.2.1), whose media bits 1.1 moved up by four to
/// make room for faster speeds.</summary>
internal static class PortFeaturesV10
{
    private const uint SpeedBits = 0x7f;
    private const int MediaShift = 4;
    private const uint MediaBits = 0xf80;
    private const int UndefinedShift = 32;

    private const PortFeatures Later = PortFeatures.FullDuplex40Gb | PortFeatures.FullDuplex100Gb
        | PortFeatures.FullDuplex1Tb | PortFeatures.OtherSpeed;

    /// <exception cref="UnsupportedByVersionException">A speed that 1.0 doesn't know.</exception>
    public static void Check(PortFeatures features, string field)
    {
        ulong expressible = SpeedBits | ((ulong)MediaBits << MediaShift)
            | ((ulong)~(SpeedBits | MediaBits) << UndefinedShift);
        bool isLater = (features & Later) != 0 || ((ulong)features & ~expressible) != 0;
        if (isLater) throw LimitsV10.Unsupported(field);
    }

    public static uint Narrow(PortFeatures features) => (uint)((ulong)features & SpeedBits)
        | (uint)(((ulong)features >> MediaShift) & MediaBits)
        | (uint)((ulong)features >> UndefinedShift);

    public static PortFeatures Widen(uint wire) => (PortFeatures)((wire & SpeedBits)
        | ((ulong)(wire & MediaBits) << MediaShift)
        | ((ulong)(wire & ~(SpeedBits | MediaBits)) << UndefinedShift));
}
