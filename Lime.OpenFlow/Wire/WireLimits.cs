namespace Lime.OpenFlow.Wire;

/// <summary>What no version can say in one message.</summary>
internal static class WireLimits
{
    /// <summary>A message's size, checked against the header's 16-bit length.</summary>
    /// <exception cref="ArgumentException">Over 65,535 bytes.</exception>
    public static int FrameBytes(long bytes) => bytes <= FrameHeader.FrameBytesMax
        ? (int)bytes
        : throw new ArgumentException($"The message has {bytes} bytes, over {FrameHeader.FrameBytesMax}.");

    /// <summary>Checks that a text fits its field and comes back equal.</summary>
    public static void CheckText(string text, int fieldBytes, OpenFlowVersion version, string field)
    {
        if (!WireText.Fits(text, fieldBytes)) throw new UnsupportedByVersionException(version, field);
    }
}
