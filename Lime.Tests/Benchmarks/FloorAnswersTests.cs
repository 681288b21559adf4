using Lime.Benchmarks.Cbench;
using Lime.Benchmarks.Floor;
using Lime.OpenFlow;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Wire;
using NUnit.Framework;

namespace Lime.Tests.Benchmarks;

/// <remarks>Goal: the floor's answers are OpenFlow. Method: the library reads them.</remarks>
public sealed class FloorAnswersTests
{
    [TestCase(OpenFlowVersion.V10)]
    [TestCase(OpenFlowVersion.V13)]
    public void A_packet_in_is_answered_by_its_flow_mod(OpenFlowVersion version)
    {
        var identity = new SwitchIdentity(3, 10);
        PacketInTemplate template = PacketInTemplate.Of(version);
        byte[] block = template.CreateBlock(1000);
        template.Patch(block, identity, 42, 1);
        var answer = new byte[256];
        int bytes = FloorAnswers.Write(block.AsSpan(0, template.FrameBytes), answer);
        FlowMod flowMod = OpenFlowCodecs.For(version).ReadFlowMod(answer.AsSpan(0, bytes));
        Assert.That(FrameHeader.Read(answer).LengthBytes, Is.EqualTo(bytes));
        Assert.That(FrameHeader.Read(answer).Xid.Value, Is.EqualTo(42));
        Assert.That(flowMod.Command, Is.EqualTo(FlowModCommand.Add));
        Assert.That(flowMod.BufferId, Is.EqualTo(new BufferId(42)));
        Assert.That(flowMod.Match, Is.EqualTo(Match.Any
            .WithInPort(new PortNumber(1))
            .WithEthSource(new MacAddress(identity.SourceOf(1)))
            .WithEthDestination(new MacAddress(identity.Destination))));
        Assert.That(flowMod.Actions, Is.EqualTo(ActionList.Output(new PortNumber(2))));
    }

    [Test]
    public void A_short_packet_in_is_not_answered()
    {
        byte[] cut = [1, 10, 0, 20, .. new byte[16]];
        Assert.That(FloorAnswers.Write(cut, new byte[256]), Is.Zero);
    }
}
