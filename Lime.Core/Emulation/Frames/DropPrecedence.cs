namespace Lime.Core.Emulation.Frames;

/// <summary>Marks a packet of an assured forwarding class (RFC 2597 section 6) to be dropped sooner.</summary>
internal static class DropPrecedence
{
    private const int LevelMax = 3;

    /// <summary>Raises the drop precedence in the DSCP, at most to the highest; others than AF11 to AF43 have none
    /// and stay.</summary>
    public static void Raise(ref WorkingFrame frame, int levels)
    {
        HeaderStack stack = HeaderStack.Of(frame.Bytes);
        if (stack.IpOffset < 0) return;
        int first = frame.Bytes[stack.IpOffset];
        int second = frame.Bytes[stack.IpOffset + 1];
        int dscp = (stack.IsIpv6 ? ((first & 15) << 4) | (second >> 4) : second) >> 2;
        int level = (dscp >> 1) & 3;
        bool isAssured = (dscp & 1) == 0 && level != 0 && dscp >> 3 is >= 1 and <= 4;
        if (!isAssured) return;
        int raised = Math.Min(LevelMax, level + levels);
        int marked = (dscp & 0x38) | (raised << 1);
        if (marked != dscp) new ChecksumEdit(stack).SetTrafficClass(frame.ForWriting(), 0xfc, marked << 2);
    }
}
