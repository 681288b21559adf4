using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Core.Switches;

/// <summary>Adds and subtracts port counters; one of all ones is one that a switch doesn't keep, and counts
/// as nothing (H-51). Differences wrap, so that a sum over them is right again.</summary>
internal static class PortStatisticsSum
{
    public static PortStatistics Add(PortStatistics a, PortStatistics b) =>
        Combine(a, b, static (x, y) => unchecked(x + y));

    public static PortStatistics Subtract(PortStatistics a, PortStatistics b) =>
        Combine(a, b, static (x, y) => unchecked(x - y));

    private static PortStatistics Combine(PortStatistics a, PortStatistics b, Func<ulong, ulong, ulong> combine)
    {
        return a with
        {
            ReceivedPackets = Each(a.ReceivedPackets, b.ReceivedPackets),
            SentPackets = Each(a.SentPackets, b.SentPackets),
            ReceivedBytes = Each(a.ReceivedBytes, b.ReceivedBytes),
            SentBytes = Each(a.SentBytes, b.SentBytes),
            ReceiveDropped = Each(a.ReceiveDropped, b.ReceiveDropped),
            SendDropped = Each(a.SendDropped, b.SendDropped),
            ReceiveErrors = Each(a.ReceiveErrors, b.ReceiveErrors),
            SendErrors = Each(a.SendErrors, b.SendErrors),
            FrameErrors = Each(a.FrameErrors, b.FrameErrors),
            OverrunErrors = Each(a.OverrunErrors, b.OverrunErrors),
            CrcErrors = Each(a.CrcErrors, b.CrcErrors),
            Collisions = Each(a.Collisions, b.Collisions),
        };

        ulong Each(ulong x, ulong y) => y == ulong.MaxValue ? x : combine(x, y);
    }
}
