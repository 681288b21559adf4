using Lime.OpenFlow.Actions;

namespace Lime.Core.Emulation.Frames;

/// <summary>The actions on times to live (1.3.5 section 5.12, "Change-TTL"), in MPLS, IPv4 and IPv6.</summary>
internal static class TtlActions
{
    /// <summary>Does one of them.</summary>
    /// <returns>False: a decrement found the time to live used up, so the packet ends here (section 7.2.5).</returns>
    public static bool Apply(in FlowAction action, ref WorkingFrame frame)
    {
        HeaderStack stack = HeaderStack.Of(frame.Bytes);
        switch (action.Kind)
        {
            case FlowActionKind.SetMplsTtl:
                SetMpls(ref frame, stack.MplsOffset, (byte)action.Value);
                return true;
            case FlowActionKind.DecrementMplsTtl:
                if (stack.MplsOffset < 0) return true;
                byte label = frame.Bytes[stack.MplsOffset + 3];
                if (label <= 1) return false;
                SetMpls(ref frame, stack.MplsOffset, (byte)(label - 1));
                return true;
            case FlowActionKind.SetIpTtl:
                if (stack.IpOffset >= 0) new ChecksumEdit(stack).SetTtl(frame.ForWriting(), (byte)action.Value);
                return true;
            case FlowActionKind.DecrementIpTtl:
                if (IpTtlOf(frame.Bytes, stack.IpOffset) is not { } ttl) return true;
                if (ttl <= 1) return false;
                new ChecksumEdit(stack).SetTtl(frame.ForWriting(), (byte)(ttl - 1));
                return true;
            case FlowActionKind.CopyTtlOut:
                CopyOut(ref frame, stack);
                return true;
            default:
                CopyIn(ref frame, stack);
                return true;
        }
    }

    /// <summary>Null: there is no IP header there.</summary>
    public static byte? IpTtlOf(ReadOnlySpan<byte> frame, int ipOffset)
    {
        if (ipOffset < 0) return null;
        return frame[ipOffset] >> 4 == 6 ? frame[ipOffset + 7] : frame[ipOffset + 8];
    }

    /// <summary>From the next header to the outermost: MPLS to MPLS, or IP to MPLS.</summary>
    private static void CopyOut(ref WorkingFrame frame, in HeaderStack stack)
    {
        if (stack.MplsOffset < 0) return;
        byte? inner = IsBottom(frame.Bytes, stack)
            ? IpTtlOf(frame.Bytes, stack.IpBehindMpls(frame.Bytes))
            : frame.Bytes[stack.MplsOffset + 7];
        if (inner is { } ttl) SetMpls(ref frame, stack.MplsOffset, ttl);
    }

    private static void CopyIn(ref WorkingFrame frame, in HeaderStack stack)
    {
        if (stack.MplsOffset < 0) return;
        byte outer = frame.Bytes[stack.MplsOffset + 3];
        if (!IsBottom(frame.Bytes, stack))
        {
            SetMpls(ref frame, stack.MplsOffset + 4, outer);
            return;
        }
        int ip = stack.IpBehindMpls(frame.Bytes);
        if (ip >= 0) new ChecksumEdit(stack.AtIp(ip, frame.Bytes)).SetTtl(frame.ForWriting(), outer);
    }

    /// <summary>Whether no label lies behind the outermost; also if the frame ends there.</summary>
    private static bool IsBottom(ReadOnlySpan<byte> frame, in HeaderStack stack) =>
        (frame[stack.MplsOffset + 2] & 1) != 0 || frame.Length < stack.MplsOffset + 8;

    private static void SetMpls(ref WorkingFrame frame, int offset, byte ttl)
    {
        if (offset >= 0) frame.ForWriting()[offset + 3] = ttl;
    }
}
