using System.Buffers.Binary;
using System.Globalization;
using System.Text.RegularExpressions;
using Lime.Apps.Sample.Decoding.Messages;
using Lime.OpenFlow;

namespace Lime.Apps.Sample.Decoding.Output;

/// <summary>Where two frames differ first.</summary>
internal static partial class FrameDifference
{
    public static string Describe(ReadOnlySpan<byte> before, ReadOnlySpan<byte> after)
    {
        int offset = before.CommonPrefixLength(after);
        string sizes = before.Length == after.Length ? "" : $", {before.Length} and {after.Length} bytes long";
        string field = FieldAt(before, offset) is { } name ? $" ({name})" : "";
        return $"first at byte {offset}{field}: {At(before, offset)} became {At(after, offset)}{sizes}";
    }

    private static string At(ReadOnlySpan<byte> frame, int offset) =>
        offset < frame.Length ? $"0x{frame[offset]:x2}" : "the end";

    /// <summary>A frame that ends before a byte is refused for the field that the byte belongs to: this tells its name,
    /// where fields are read one by one.</summary>
    private static string? FieldAt(ReadOnlySpan<byte> frame, int offset)
    {
        if (offset is >= 2 and < 4) return "ofp_header.length";
        if (offset < 8) return null;
        byte[] cut = frame[..Math.Min(offset, frame.Length)].ToArray();
        BinaryPrimitives.WriteUInt16BigEndian(cut.AsSpan(2), (ushort)cut.Length);
        try
        {
            Envelope.Read(cut);
            return null;
        }
        catch (OpenFlowProtocolException refused)
        {
            System.Text.RegularExpressions.Match field = FieldAndOffset().Match(refused.Message);
            bool isThere = field.Success
                && int.Parse(field.Groups[2].Value, CultureInfo.InvariantCulture) <= offset;
            return isThere ? field.Groups[1].Value : null;
        }
    }

    [GeneratedRegex(@"^(\S+) at byte (\d+) needs")]
    private static partial Regex FieldAndOffset();
}
