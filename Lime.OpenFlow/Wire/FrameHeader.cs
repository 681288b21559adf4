using System.Buffers.Binary;
using Lime.OpenFlow.Identifiers;

namespace Lime.OpenFlow.Wire;

/// <summary>The eight bytes that every OpenFlow message of every version starts with
/// (ofp_header).</summary>
/// <remarks><code>
/// 0  version:8   type:8   length:16
/// 4  xid:32
/// </code></remarks>
/// <param name="Version">The sender's wire version; only a hello may carry another than the negotiated
/// one.</param>
/// <param name="Type">The message type's number in that version.</param>
/// <param name="LengthBytes">The whole message's size, these eight bytes included.</param>
/// <param name="Xid">What pairs an answer with its request.</param>
public readonly record struct FrameHeader(byte Version, byte Type, ushort LengthBytes, Xid Xid)
{
    /// <summary>The header's size, and so the least that a length field can say.</summary>
    public const int SizeBytes = 8;

    /// <summary>The most a length field of 16 bits can say.</summary>
    public const int FrameBytesMax = ushort.MaxValue;

    /// <summary>Reads the header at the front of <paramref name="frame"/>; judges none of its
    /// fields.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than eight bytes.</exception>
    public static FrameHeader Read(ReadOnlySpan<byte> frame)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(frame.Length, SizeBytes, nameof(frame));
        return new FrameHeader(frame[0], frame[1], BinaryPrimitives.ReadUInt16BigEndian(frame[2..]),
            new Xid(BinaryPrimitives.ReadUInt32BigEndian(frame[4..])));
    }

    /// <summary>Writes the header to the front of <paramref name="frame"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Room for fewer than eight bytes.</exception>
    public void Write(Span<byte> frame)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(frame.Length, SizeBytes, nameof(frame));
        frame[0] = Version;
        frame[1] = Type;
        BinaryPrimitives.WriteUInt16BigEndian(frame[2..], LengthBytes);
        BinaryPrimitives.WriteUInt32BigEndian(frame[4..], Xid.Value);
    }
}
