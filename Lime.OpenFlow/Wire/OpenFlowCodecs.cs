using Lime.OpenFlow.Wire.V10;
using Lime.OpenFlow.Wire.V13;

namespace Lime.OpenFlow.Wire;

/// <summary>The codecs of the versions that this library speaks.</summary>
/// <remarks>Threading: codecs have no state; any thread may use them.</remarks>
public static class OpenFlowCodecs
{
    /// <summary>The codec of OpenFlow 1.0.0 (wire version 0x01).</summary>
    public static OpenFlowCodec V10 { get; } = new CodecV10();

    /// <summary>The codec of OpenFlow 1.3.5 (wire version 0x04).</summary>
    public static OpenFlowCodec V13 { get; } = new CodecV13();

    /// <summary>The codec of <paramref name="version"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">This library has no codec for it.</exception>
    public static OpenFlowCodec For(OpenFlowVersion version) => version switch
    {
        OpenFlowVersion.V10 => V10,
        OpenFlowVersion.V13 => V13,
        _ => throw new ArgumentOutOfRangeException(nameof(version), version, "No codec speaks it."),
    };
}
