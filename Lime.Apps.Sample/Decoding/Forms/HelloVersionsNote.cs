using System.Buffers.Binary;
using System.Text.Json.Nodes;
using Lime.Apps.Sample.Decoding.Numbers;

namespace Lime.Apps.Sample.Decoding.Forms;

/// <summary>The versions in a hello's bitmaps, for people.</summary>
internal static class HelloVersionsNote
{
    private const ushort VersionBitmap = 1;
    private const int HeaderBytes = 4;

    /// <summary>Their names; null without a bitmap that can be read.</summary>
    public static JsonArray? Of(ReadOnlySpan<byte> elements)
    {
        JsonArray? names = null;
        while (elements.Length >= HeaderBytes)
        {
            ushort type = BinaryPrimitives.ReadUInt16BigEndian(elements);
            int bytes = BinaryPrimitives.ReadUInt16BigEndian(elements[2..]);
            if (bytes < HeaderBytes || bytes > elements.Length) break;
            if (type == VersionBitmap) AddVersions(names ??= [], elements[HeaderBytes..bytes]);
            // Elements are padded to 8 bytes (1.3.5 section 7.5.1).
            elements = elements[Math.Min((bytes + 7) / 8 * 8, elements.Length)..];
        }
        return names;
    }

    private static void AddVersions(JsonArray names, ReadOnlySpan<byte> bitmaps)
    {
        for (int word = 0; word + 4 <= bitmaps.Length && word < 32; word += 4)
        {
            uint bits = BinaryPrimitives.ReadUInt32BigEndian(bitmaps[word..]);
            for (int bit = 0; bit < 32; bit++)
            {
                if ((bits >> bit & 1) != 0) names.Add(IdentifierNames.Version.Write((ulong)((word * 8) + bit)));
            }
        }
    }
}
