using Lime.OpenFlow;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Wire;
using NUnit.Framework;

namespace Lime.Tests.Wire;

/// <summary>What reading a frame of a peer that breaks the protocol may cost and do.</summary>
internal static class ReadBounds
{
    private const int BytesPerByteMax = 16;
    private const int BytesBesideMax = 4096;

    /// <summary>Reads the frame within <see cref="CheckCost"/>; a value is written as bytes that are written again as
    /// they are.</summary>
    public static void Check(AnyMessage any, byte[] frame, string how)
    {
        if (!CheckCost(any.Codec, frame, how)) return;
        Xid xid = FrameHeader.Read(frame).Xid;
        byte[] written = any.Write(xid, any.Read(frame));
        if (!any.Write(xid, any.Read(written)).AsSpan().SequenceEqual(written))
            Assert.Fail($"{how}: written as {Convert.ToHexStringLower(written)}, which is written otherwise.");
    }

    /// <summary>Reads the frame: a value or a protocol error, in at most as many steps as it has bytes, at most 16
    /// times the frame plus 4 KiB allocated.</summary>
    /// <returns>Whether it is a value.</returns>
    public static bool CheckCost(OpenFlowCodec codec, ReadOnlySpan<byte> frame, string how)
    {
        if (!ReaderSteps.AreCounted) Assert.Fail("The tests are to run with steps counted.");
        long stepsBefore = ReaderSteps.OfThisThread;
        long before = GC.GetAllocatedBytesForCurrentThread();
        bool isRead = TryRead(codec, frame);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        long steps = ReaderSteps.OfThisThread - stepsBefore;
        if (allocated > (frame.Length * BytesPerByteMax) + BytesBesideMax)
            Assert.Fail($"{how}: {allocated} bytes were allocated for a frame of {frame.Length}.");
        if (steps > frame.Length) Assert.Fail($"{how}: {steps} steps for a frame of {frame.Length}.");
        return isRead;
    }

    /// <summary>The codec's own work alone, without a copy of what it shows.</summary>
    private static bool TryRead(OpenFlowCodec codec, ReadOnlySpan<byte> frame)
    {
        try
        {
            switch (codec.KindOf(frame[1]))
            {
                case MessageKind.PacketIn: codec.ReadPacketIn(frame); break;
                case MessageKind.PacketOut: codec.ReadPacketOut(frame); break;
                case MessageKind.FlowMod: codec.ReadFlowMod(frame); break;
                default: codec.ReadMessage(frame); break;
            }
            return true;
        }
        catch (OpenFlowProtocolException refused)
        {
            if (refused.IsFramingLost) Assert.Fail("A frame that is whole can't lose the framing.");
            return false;
        }
    }
}
