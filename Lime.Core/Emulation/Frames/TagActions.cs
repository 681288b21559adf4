using System.Buffers.Binary;

namespace Lime.Core.Emulation.Frames;

/// <summary>Pushing and popping VLAN, MPLS and PBB headers (1.3.5 section 5.12, "Push-Tag/Pop-Tag", and 5.12.1 for
/// what a pushed header begins with).</summary>
internal static class TagActions
{
    private const int TypeAt = 12;
    private const int TagBytes = 4;
    private const int PbbBytes = 18;

    /// <summary>A label stack entry of a packet that had no time to live to copy.</summary>
    private const byte NoTtl = 0;

    /// <summary>A tag in front of all others, with the id and priority of the outermost.</summary>
    public static void PushVlan(ref WorkingFrame frame, ushort ethType)
    {
        byte[] bytes = frame.Bytes;
        if (bytes.Length < TypeAt + 2) return;
        HeaderStack stack = HeaderStack.Of(bytes);
        ReadOnlySpan<byte> tag = stack.TagCount > 0 ? bytes.AsSpan(TypeAt + 2, 2) : [0, 0];
        frame.Replace([.. bytes[..TypeAt], (byte)(ethType >> 8), (byte)ethType, .. tag, .. bytes[TypeAt..]]);
    }

    public static void PopVlan(ref WorkingFrame frame)
    {
        if (HeaderStack.Of(frame.Bytes).TagCount > 0)
            frame.Replace([.. frame.Bytes[..TypeAt], .. frame.Bytes[(TypeAt + TagBytes)..]]);
    }

    /// <summary>A header behind the VLAN tags, in front of all other MPLS headers: label, class and time to live of
    /// the outermost, or of the IP header the latter.</summary>
    public static void PushMpls(ref WorkingFrame frame, ushort ethType)
    {
        byte[] bytes = frame.Bytes;
        if (bytes.Length < TypeAt + 2) return;
        HeaderStack stack = HeaderStack.Of(bytes);
        Span<byte> shim = stackalloc byte[TagBytes];
        if (stack.MplsOffset >= 0)
        {
            bytes.AsSpan(stack.MplsOffset, TagBytes).CopyTo(shim);
            shim[2] &= 0xfe;
        }
        else
        {
            shim[2] = 1;
            shim[3] = TtlActions.IpTtlOf(bytes, stack.IpOffset) ?? NoTtl;
        }
        BinaryPrimitives.WriteUInt16BigEndian(frame.ForWriting()[stack.TypeOffset..], ethType);
        bytes = frame.Bytes;
        frame.Replace([.. bytes[..stack.PayloadOffset], .. shim, .. bytes[stack.PayloadOffset..]]);
    }

    /// <summary>Takes the outermost label off; what lies behind it is of the given type.</summary>
    public static void PopMpls(ref WorkingFrame frame, ushort ethType)
    {
        HeaderStack stack = HeaderStack.Of(frame.Bytes);
        if (stack.MplsOffset < 0) return;
        byte[] bytes = frame.Bytes;
        frame.Replace([.. bytes[..stack.MplsOffset], .. bytes[(stack.MplsOffset + TagBytes)..]]);
        BinaryPrimitives.WriteUInt16BigEndian(frame.ForWriting()[stack.TypeOffset..], ethType);
    }

    /// <summary>A backbone header with the frame's own addresses, the service id of the outermost PBB header if there
    /// is one, and the priority of the outermost tag.</summary>
    public static void PushPbb(ref WorkingFrame frame, ushort ethType)
    {
        byte[] bytes = frame.Bytes;
        if (bytes.Length < TypeAt + 2) return;
        HeaderStack stack = HeaderStack.Of(bytes);
        Span<byte> service = stackalloc byte[TagBytes];
        bool isPbb = stack.EthType == HeaderStack.Pbb && bytes.Length >= stack.PayloadOffset + TagBytes;
        if (isPbb) bytes.AsSpan(stack.PayloadOffset + 1, 3).CopyTo(service[1..]);
        if (stack.TagCount > 0) service[0] = (byte)(bytes[TypeAt + 2] & 0xe0);
        frame.Replace([.. bytes[..TypeAt], (byte)(ethType >> 8), (byte)ethType, .. service, .. bytes]);
    }

    public static void PopPbb(ref WorkingFrame frame)
    {
        byte[] bytes = frame.Bytes;
        bool isPbb = bytes.Length >= PbbBytes + TypeAt + 2
            && BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(TypeAt)) == HeaderStack.Pbb;
        if (isPbb) frame.Replace(bytes[PbbBytes..]);
    }
}
