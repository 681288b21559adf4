using Lime.Core.Emulation.Frames;
using Lime.OpenFlow.Matching;

namespace Lime.Core.Emulation.Switching;

/// <summary>A number by which a select group chooses: the same for all packets of a flow, in both of its
/// directions.</summary>
internal static class FlowHash
{
    public static uint Of(in PacketFields fields, ReadOnlySpan<byte> frame)
    {
        ulong hash = Mix(fields.W0 & uint.MaxValue, fields.EthSource.Value ^ fields.EthDestination.Value);
        hash = Mix(hash, fields.IpProtocol);
        hash = Mix(hash, (fields.W3 >> 32) ^ (fields.W3 & uint.MaxValue));
        if (fields.EthType == HeaderStack.Ipv6) hash = WithIpv6(hash, frame);
        bool hasPorts = fields.IpProtocol is FrameLayout.Tcp or FrameLayout.Udp or HeaderStack.Sctp;
        if (hasPorts) hash = Mix(hash, (ulong)(fields.TransportSource ^ fields.TransportDestination));
        return (uint)(hash >> 32);
    }

    private static ulong WithIpv6(ulong hash, ReadOnlySpan<byte> frame)
    {
        HeaderStack stack = HeaderStack.Of(frame);
        if (stack.IpOffset < 0) return hash;
        ReadOnlySpan<byte> packet = frame[stack.IpOffset..];
        for (int i = 0; i < 16; i++) hash = Mix(hash, (ulong)(packet[8 + i] ^ packet[24 + i]));
        return hash;
    }

    private static ulong Mix(ulong hash, ulong value)
    {
        hash = (hash ^ value) * 0x9e3779b97f4a7c15;
        return hash ^ (hash >> 29);
    }
}
