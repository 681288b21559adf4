using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;
using Lime.OpenFlow.Wire.V10;
using NUnit.Framework;

namespace Lime.Tests.Wire;

/// <remarks>Goal: no bit and no code of a 1.0 peer is lost or turned into another on its way through the neutral
/// model. Method: every bit alone, and every code.</remarks>
[TestFixture]
public sealed class BitsV10Tests
{
    [Test]
    public void Every_bit_of_port_features_comes_back([Range(0, 31)] int bit)
    {
        uint wire = 1u << bit;

        PortFeatures wide = PortFeaturesV10.Widen(wire);

        Assert.That(PortFeaturesV10.Narrow(wide), Is.EqualTo(wire));
        Assert.That(() => PortFeaturesV10.Check(wide, "field"), Throws.Nothing);
    }

    [TestCase(0x01u, PortFeatures.HalfDuplex10Mb)]
    [TestCase(0x40u, PortFeatures.FullDuplex10Gb)]
    [TestCase(0x80u, PortFeatures.Copper)]
    [TestCase(0x100u, PortFeatures.Fiber)]
    [TestCase(0x200u, PortFeatures.AutoNegotiation)]
    [TestCase(0x400u, PortFeatures.Pause)]
    [TestCase(0x800u, PortFeatures.AsymmetricPause)]
    public void A_port_feature_means_the_same_in_the_model(uint wire, PortFeatures meaning) =>
        Assert.That(PortFeaturesV10.Widen(wire), Is.EqualTo(meaning));

    [Test]
    public void Every_bit_of_capabilities_comes_back([Range(0, 31)] int bit)
    {
        uint wire = 1u << bit;

        SwitchCapabilities wide = CapabilitiesV10.Widen(wire);

        Assert.That(CapabilitiesV10.Narrow(wide), Is.EqualTo(wire));
        Assert.That(() => CapabilitiesV10.Check(wide), Throws.Nothing);
        Assert.That(wide, Is.Not.EqualTo(SwitchCapabilities.GroupStatistics));
    }

    [Test]
    public void Every_flag_of_a_flow_mod_comes_back_and_bits_without_a_meaning_are_dropped([Range(0, 15)] int bit)
    {
        ushort wire = (ushort)(1 << bit);

        FlowModFlags wide = FlowModFlagsV10.Widen(wire);

        Assert.That(FlowModFlagsV10.Narrow(wide), Is.EqualTo(bit <= 2 ? wire : 0));
        Assert.That(wide & FlowModFlags.ResetCounts, Is.EqualTo(FlowModFlags.None));
    }

    [Test]
    public void Every_error_code_comes_back([Values(0, 1, 2, 3, 4, 5)] int type)
    {
        int last = type == 3 ? 0x7fff : 0xffff;
        for (int code = 0; code <= last; code++)
        {
            byte[] frame = [1, 1, 0, 12, 0, 0, 0, 0, 0, (byte)type, (byte)(code >> 8), (byte)code];

            byte[] again = AnyMessage.V10.Write(default, AnyMessage.V10.Read(frame));

            if (!again.AsSpan().SequenceEqual(frame)) Assert.Fail($"code {code} became {again[10]:x2}{again[11]:x2}");
        }
    }

    [TestCase(0, ErrorCodes.TableFull)]
    [TestCase(1, ErrorCodes.Overlap)]
    [TestCase(2, ErrorCodes.FlowModPermission)]
    [TestCase(3, ErrorCodes.FlowModBadTimeout)]
    [TestCase(4, ErrorCodes.FlowModBadCommand)]
    [TestCase(5, ErrorCodes.FlowModUnsupportedActions)]
    [TestCase(6, 0x8006)]
    public void A_flow_mods_error_code_means_the_same_in_the_model(int wire, int code)
    {
        var error = (ErrorMessage)AnyMessage.V10.Read([1, 1, 0, 12, 0, 0, 0, 0, 0, 3, 0, (byte)wire]);

        Assert.That((error.Type, (int)error.Code), Is.EqualTo((ErrorType.FlowModFailed, code)));
    }

    [Test]
    public void What_a_switch_reports_beside_and_1_0_has_no_place_for_is_dropped()
    {
        var removed = new FlowRemoved(default, default, 1, 0, default, 0, 2, 3);
        var flow = new FlowStatistics { Priority = 7 };
        var port = new PortDescription(new(1), default, "p");

        Assert.Multiple(() =>
        {
            Assert.That(AsRead(removed with { HardTimeoutSeconds = 9 }), Is.EqualTo(removed));
            Assert.That(((FlowStatisticsReply)AsRead(new FlowStatisticsReply(
                [flow with { Flags = FlowModFlags.SendFlowRemoved }]))).Flows[0], Is.EqualTo(flow));
            Assert.That(((PortStatisticsReply)AsRead(new PortStatisticsReply(
                [new PortStatistics { Duration = TimeSpan.FromSeconds(1) }]))).Ports[0],
                Is.EqualTo(new PortStatistics()));
            Assert.That(((QueueStatisticsReply)AsRead(new QueueStatisticsReply(
                [new QueueStatistics { Duration = Duration.Unknown }]))).Queues[0], Is.EqualTo(new QueueStatistics()));
            Assert.That(((PortStatus)AsRead(new PortStatus(0, port with { CurrentSpeedKbps = 1, MaxSpeedKbps = 2 })))
                .Port, Is.EqualTo(port));
        });
    }

    private static object AsRead(OpenFlowMessage message) =>
        AnyMessage.V10.Read(AnyMessage.V10.Write(default, message));
}
