using System.Diagnostics;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Wire;
using NUnit.Framework;

namespace Lime.Tests.Wire.V13;

/// <remarks>Goal: OpenFlow 1.3 as others speak it. Method: frames recorded from Open vSwitch, or built after the
/// specification, read and written, and shown to <c>ovs-ofctl ofp-print</c> as a second opinion.</remarks>
[TestFixture]
public sealed class CodecV13VectorTests
{
    private static IEnumerable<WireVector> Vectors => VectorsV13.All;

    private static IEnumerable<WireVector> KnownToOpenVSwitch => Vectors.Where(vector => vector.PrintedAs.Length > 0);

    private static IEnumerable<WireVector> UnknownToOpenVSwitch =>
        Vectors.Where(vector => vector.PrintedAs.Length == 0);

    [TestCaseSource(nameof(Vectors))]
    public void A_recorded_frame_reads_as_its_message(object vector)
    {
        var (bytes, expected) = (((WireVector)vector).Bytes, ((WireVector)vector).Message);

        object read = AnyMessage.V13.Read(bytes);

        Assert.That(AnyMessage.AreEqual(read, expected), $"read {read}, expected {expected}");
    }

    [TestCaseSource(nameof(Vectors))]
    public void A_message_writes_as_its_recorded_frame(object vector)
    {
        var recorded = (WireVector)vector;

        byte[] written = AnyMessage.V13.Write(recorded.Xid, recorded.Message);

        Assert.That(Convert.ToHexStringLower(written), Is.EqualTo(Convert.ToHexStringLower(recorded.Bytes)));
    }

    [TestCaseSource(nameof(Vectors))]
    public void A_recorded_frame_is_as_long_as_its_header_says(object vector)
    {
        byte[] bytes = ((WireVector)vector).Bytes;

        Assert.That(FrameHeader.Read(bytes).LengthBytes, Is.EqualTo(bytes.Length));
    }

    [Test]
    public void Every_match_field_has_a_vector()
    {
        var seen = new HashSet<OxmId>();
        foreach (WireVector vector in Vectors.Where(vector => vector.Message is FlowMod))
        {
            int length = (vector.Bytes[50] << 8) | vector.Bytes[51];
            foreach (ReadOnlySpan<byte> field in new OxmReader(vector.Bytes.AsSpan(52, length - 4)))
            {
                if (OxmField.FromBytes(field).Id is { } id) seen.Add(id);
            }
        }

        Assert.That(Enum.GetValues<OxmId>().Where(id => !seen.Contains(id)), Is.Empty);
    }

    [Test]
    public void Every_kind_of_action_that_1_3_defines_has_a_vector()
    {
        var seen = Vectors.Select(vector => vector.Message).OfType<FlowMod>()
            .SelectMany(flowMod => flowMod.Actions).Select(action => action.Kind).ToHashSet();
        FlowActionKind[] earlier =
        [
            FlowActionKind.SetVlanId, FlowActionKind.SetVlanPriority, FlowActionKind.SetTransportSource,
            FlowActionKind.SetTransportDestination, FlowActionKind.Enqueue,
        ];

        Assert.That(Enum.GetValues<FlowActionKind>().Where(kind => !seen.Contains(kind)), Is.EquivalentTo(earlier));
    }

    [TestCaseSource(nameof(KnownToOpenVSwitch))]
    [Category("RealNetwork")]
    public void Open_vSwitch_reads_a_written_frame_as_the_same_message(object vector)
    {
        var recorded = (WireVector)vector;
        string hex = Convert.ToHexStringLower(AnyMessage.V13.Write(recorded.Xid, recorded.Message));

        string printed = PrintWithOpenVSwitch(hex);

        Assert.That(printed, Does.StartWith(recorded.PrintedAs));
        Assert.That(printed.Split('\n')[0], Does.Not.Contain("decode error"));
    }

    [TestCaseSource(nameof(UnknownToOpenVSwitch))]
    [Category("RealNetwork")]
    public void Only_what_Open_vSwitch_cannot_read_is_left_out(object vector)
    {
        string printed = PrintWithOpenVSwitch(Convert.ToHexStringLower(((WireVector)vector).Bytes));

        Assert.That(printed, Does.Contain("***"));
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
