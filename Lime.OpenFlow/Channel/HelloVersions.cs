using System.Buffers.Binary;
using System.Collections.Immutable;
using Lime.OpenFlow.Messages;

namespace Lime.OpenFlow.Channel;

/// <summary>What a hello offers, and which version two hellos agree on.</summary>
/// <remarks>OpenFlow 1.3.1 section 7.5.1: an element of type 1 holds a bitmap, bit n of word w being
/// version 32w + n. A hello without one offers its header's version and every earlier one, as switches in
/// the field take it.</remarks>
internal static class HelloVersions
{
    private const int ElementHeaderBytes = 4;
    private const ushort BitmapElement = 1;

    /// <summary>Our hello; with a bitmap if there is more to say than the header can.</summary>
    public static HelloMessage Offer(IReadOnlyList<OpenFlowVersion> versions)
    {
        byte highest = (byte)versions.Max();
        if (versions.Count == 1 && versions[0] == OpenFlowVersion.V10) return new HelloMessage(highest, []);
        uint bitmap = versions.Aggregate(0u, (bits, version) => bits | (1u << (byte)version));
        byte[] element = new byte[ElementHeaderBytes + sizeof(uint)];
        BinaryPrimitives.WriteUInt16BigEndian(element, BitmapElement);
        BinaryPrimitives.WriteUInt16BigEndian(element.AsSpan(2), (ushort)element.Length);
        BinaryPrimitives.WriteUInt32BigEndian(element.AsSpan(ElementHeaderBytes), bitmap);
        return new HelloMessage(highest, ImmutableArray.Create(element));
    }

    /// <summary>The highest version that both sides speak; null if there is none.</summary>
    public static OpenFlowVersion? Choose(IReadOnlyList<OpenFlowVersion> ours, HelloMessage theirs)
    {
        uint? bitmap = BitmapOf(theirs.Elements.AsSpan());
        OpenFlowVersion? best = null;
        foreach (OpenFlowVersion version in ours)
        {
            bool isOffered = bitmap is { } bits
                ? (bits & (1u << (byte)version)) != 0
                : (byte)version <= theirs.Version;
            if (isOffered && (best is null || version > best)) best = version;
        }
        return best;
    }

    /// <summary>The first word of the bitmap; versions over 31 are not ours.</summary>
    private static uint? BitmapOf(ReadOnlySpan<byte> elements)
    {
        while (elements.Length >= ElementHeaderBytes)
        {
            ushort type = BinaryPrimitives.ReadUInt16BigEndian(elements);
            int bytes = BinaryPrimitives.ReadUInt16BigEndian(elements[2..]);
            if (bytes < ElementHeaderBytes || bytes > elements.Length) return null;
            if (type == BitmapElement && bytes >= ElementHeaderBytes + sizeof(uint))
                return BinaryPrimitives.ReadUInt32BigEndian(elements[ElementHeaderBytes..]);
            // Elements are padded to 8 bytes; the length does not count the padding.
            elements = elements[Math.Min((bytes + 7) / 8 * 8, elements.Length)..];
        }
        return null;
    }
}
