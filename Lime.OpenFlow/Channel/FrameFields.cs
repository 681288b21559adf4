using System.Buffers.Binary;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Wire;

namespace Lime.OpenFlow.Channel;

/// <summary>Single fields of a frame's <see cref="FrameHeader"/>, where the packet path needs no
/// more.</summary>
internal static class FrameFields
{
    /// <summary>OFPT_HELLO has this number in every version.</summary>
    public const byte HelloType = 0;

    /// <summary>OFPT_ERROR has this number in every version.</summary>
    public const byte ErrorType = 1;

    public static byte VersionOf(ReadOnlySpan<byte> frame) => frame[0];

    public static byte TypeOf(ReadOnlySpan<byte> frame) => frame[1];

    public static Xid XidOf(ReadOnlySpan<byte> frame) =>
        new(BinaryPrimitives.ReadUInt32BigEndian(frame[4..]));
}
