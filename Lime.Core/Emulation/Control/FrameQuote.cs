namespace Lime.Core.Emulation.Control;

/// <summary>What an error quotes of the message at fault: at least 64 bytes (OpenFlow 1.0.0 section
/// 5.4.4).</summary>
internal static class FrameQuote
{
    private const int BytesMax = 128;

    public static byte[] Of(ReadOnlySpan<byte> frame) => frame[..Math.Min(frame.Length, BytesMax)].ToArray();
}
