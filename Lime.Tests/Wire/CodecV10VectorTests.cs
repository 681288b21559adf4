using System.Diagnostics;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Wire;
using NUnit.Framework;

namespace Lime.Tests.Wire;

/// <remarks>Goal: OpenFlow 1.0 as others speak it. Method: frames recorded from Open vSwitch, read and
/// written, and
/// shown to <c>ovs-ofctl ofp-print</c> as a second opinion.</remarks>
[TestFixture]
public sealed class CodecV10VectorTests
{
    private static IEnumerable<WireVector> Vectors => VectorsV10.All;

    private static IEnumerable<WireVector> KnownToOpenVSwitch => Vectors.Where(vector => vector.PrintedAs.Length > 0);

    [TestCaseSource(nameof(Vectors))]
    public void A_recorded_frame_reads_as_its_message(object vector)
    {
        var (bytes, expected) = (((WireVector)vector).Bytes, ((WireVector)vector).Message);

        object read = AnyMessage.V10.Read(bytes);

        Assert.That(AnyMessage.AreEqual(read, expected), $"read {read}, expected {expected}");
    }

    [TestCaseSource(nameof(Vectors))]
    public void A_message_writes_as_its_recorded_frame(object vector)
    {
        var recorded = (WireVector)vector;

        byte[] written = AnyMessage.V10.Write(recorded.Xid, recorded.Message);

        Assert.That(Convert.ToHexStringLower(written), Is.EqualTo(Convert.ToHexStringLower(recorded.Bytes)));
    }

    [TestCaseSource(nameof(Vectors))]
    public void A_recorded_frame_is_as_long_as_its_header_says(object vector)
    {
        byte[] bytes = ((WireVector)vector).Bytes;

        Assert.That(FrameHeader.Read(bytes).LengthBytes, Is.EqualTo(bytes.Length));
    }

    [Test]
    public void Every_message_type_has_a_vector()
    {
        var seen = Vectors.Select(vector => OpenFlowCodecs.V10.KindOf(vector.Bytes[1])).ToHashSet();

        IEnumerable<MessageKind> all =
            Enumerable.Range(0, 256).Select(type => OpenFlowCodecs.V10.KindOf((byte)type)).Distinct();

        Assert.That(all.Where(kind => !seen.Contains(kind)), Is.EqualTo(new[] { MessageKind.Unknown }));
    }

    [TestCaseSource(nameof(KnownToOpenVSwitch))]
    [Category("RealNetwork")]
    public void Open_vSwitch_reads_a_written_frame_as_the_same_message(object vector)
    {
        var recorded = (WireVector)vector;
        string hex = Convert.ToHexStringLower(AnyMessage.V10.Write(recorded.Xid, recorded.Message));

        string printed = PrintWithOpenVSwitch(hex);

        Assert.That(printed, Does.StartWith(recorded.PrintedAs));
        Assert.That(printed.Split('\n')[0], Does.Not.Contain("decode error"));
    }

    private static string PrintWithOpenVSwitch(string hex)
    {
        if (!File.Exists("/usr/bin/ovs-ofctl")) Assert.Ignore("Open vSwitch is not installed.");
        var start = new ProcessStartInfo("/usr/bin/ovs-ofctl", ["ofp-print", hex])
        {
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;
        string printed = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return printed;
    }
}
