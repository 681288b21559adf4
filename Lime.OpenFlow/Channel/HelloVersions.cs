using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Numerics;
using Lime.OpenFlow.Messages;

namespace Lime.OpenFlow.Channel;

/// <summary>What a hello offers, and which version two hellos agree on.</summary>
/// <remarks>OpenFlow 1.3.5 sections 6.3.1 and 7.5.1: an element of type 1 holds a bitmap, bit n of word w being
/// version 32w + n; with one the highest common version holds. Without one (or with one that is malformed)
/// the smaller of the two headers' versions holds, if both speak it.</remarks>
internal static class HelloVersions
{
    private const int ElementHeaderBytes = 4;
    private const ushort BitmapElement = 1;

    /// <summary>Our hello; with a bitmap if there is more to say than the header can.</summary>
    public static HelloMessage Offer(IReadOnlyList<OpenFlowVersion> versions)
    {
        byte highest = (byte)versions.Max();
        if (versions.Count == 1 && versions[0] == OpenFlowVersion.V10) return new HelloMessage(highest, []);
        byte[] element = new byte[ElementHeaderBytes + sizeof(uint)];
        BinaryPrimitives.WriteUInt16BigEndian(element, BitmapElement);
        BinaryPrimitives.WriteUInt16BigEndian(element.AsSpan(2), (ushort)element.Length);
        BinaryPrimitives.WriteUInt32BigEndian(element.AsSpan(ElementHeaderBytes), BitsOf(versions));
        return new HelloMessage(highest, ImmutableArray.Create(element));
    }

    /// <summary>The version that two hellos agree on; null if there is none.</summary>
    public static OpenFlowVersion? Choose(IReadOnlyList<OpenFlowVersion> ours, HelloMessage theirs)
    {
        if (BitmapOf(theirs.Elements.AsSpan()) is { } bits)
        {
            uint common = bits & BitsOf(ours);
            return common == 0 ? null : (OpenFlowVersion)BitOperations.Log2(common);
        }
        var smaller = (OpenFlowVersion)Math.Min((byte)ours.Max(), theirs.Version);
        return ours.Contains(smaller) ? smaller : null;
    }

    /// <summary>For a peer, and for a person, who cannot agree with us: who speaks what.</summary>
    public static string Explain(IReadOnlyList<OpenFlowVersion> ours, HelloMessage theirs)
    {
        IEnumerable<byte> offered = BitmapOf(theirs.Elements.AsSpan()) is { } bits
            ? Enumerable.Range(0, 32).Where(bit => (bits >> bit & 1) != 0).Select(bit => (byte)bit)
            : [theirs.Version];
        string weSpeak = string.Join(", ", ours.Order().Select(version => NameOf((byte)version)));
        string theyOffer = string.Join(", ", offered.Select(NameOf));
        return $"No common version: we speak OpenFlow {weSpeak}; the peer offers "
            + (theyOffer.Length == 0 ? "none." : $"{theyOffer}.");
    }

    private static string NameOf(byte version) =>
        version is >= 1 and <= 6 ? $"1.{version - 1} (0x{version:x2})" : $"0x{version:x2}";

    private static uint BitsOf(IReadOnlyList<OpenFlowVersion> versions) =>
        versions.Aggregate(0u, (bits, version) => bits | (1u << (byte)version));

    /// <summary>The first word of the bitmap; versions over 31 are not ours.</summary>
    private static uint? BitmapOf(ReadOnlySpan<byte> elements)
    {
        while (elements.Length >= ElementHeaderBytes)
        {
            ushort type = BinaryPrimitives.ReadUInt16BigEndian(elements);
            int bytes = BinaryPrimitives.ReadUInt16BigEndian(elements[2..]);
            if (bytes < ElementHeaderBytes || bytes > elements.Length) return null;
            if (type == BitmapElement) return WordOf(elements[ElementHeaderBytes..bytes]);
            // Elements are padded to 8 bytes; the length does not count the padding.
            elements = elements[Math.Min((bytes + 7) / 8 * 8, elements.Length)..];
        }
        return null;
    }

    /// <returns>Null if the bitmap is malformed: not a number of whole words.</returns>
    private static uint? WordOf(ReadOnlySpan<byte> bitmap) => bitmap.Length > 0 && bitmap.Length % sizeof(uint) == 0
        ? BinaryPrimitives.ReadUInt32BigEndian(bitmap)
        : null;
}
