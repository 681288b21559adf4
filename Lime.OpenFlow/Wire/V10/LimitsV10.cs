namespace Lime.OpenFlow.Wire.V10;

/// <summary>What OpenFlow 1.0 cannot say, or not in one message.</summary>
internal static class LimitsV10
{
    /// <summary>The error to throw for a field that has no form in OpenFlow 1.0.</summary>
    public static UnsupportedByVersionException Unsupported(string field) => new(OpenFlowVersion.V10, field);

    /// <summary>A message's size, checked against the header's 16-bit length.</summary>
    /// <exception cref="ArgumentException">Over 65,535 bytes.</exception>
    public static int FrameBytes(long bytes) => bytes <= FrameHeader.FrameBytesMax
        ? (int)bytes
        : throw new ArgumentException($"The message has {bytes} bytes, over {FrameHeader.FrameBytesMax}.");

    /// <summary>Checks that a text fits its field and comes back equal.</summary>
    public static void CheckText(string text, int fieldBytes, string field)
    {
        if (!WireText.Fits(text, fieldBytes)) throw Unsupported(field);
    }
}
