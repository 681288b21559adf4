using Lime.Apps.Sample.Apps;
using Lime.Core.Apps;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using NUnit.Framework;

namespace Lime.Tests.Sample;

/// <remarks>Goal: the hub floods every packet once. Method: packet-ins given to it, what it sends looked
/// at.</remarks>
internal sealed class HubTests
{
    private static readonly TestFrame Frame = new("02:00:00:00:00:01", "02:00:00:00:00:02");

    [Test]
    public void A_held_packet_is_flooded_by_its_buffer_id_without_a_copy()
    {
        var virtualSwitch = new RecordingSwitch();

        AppVerdict verdict = new Hub().OnPacketIn(virtualSwitch, Frame.ArrivedAt(3, bufferId: 77));

        RecordingSwitch.SentPacket sent = virtualSwitch.PacketOuts.Single();
        Assert.That(sent.BufferId, Is.EqualTo(new BufferId(77)));
        Assert.That(sent.InPort, Is.EqualTo(new PortNumber(3)));
        Assert.That(sent.Actions, Is.EqualTo(ActionList.Flood));
        Assert.That(sent.Frame, Is.Empty);
        Assert.That(verdict, Is.EqualTo(AppVerdict.Stop));
    }

    [Test]
    public void A_packet_that_is_not_held_is_flooded_with_its_bytes()
    {
        var virtualSwitch = new RecordingSwitch();

        new Hub().OnPacketIn(virtualSwitch, Frame.ArrivedAt(3));

        Assert.That(virtualSwitch.PacketOuts.Single().Frame, Is.EqualTo(Frame.ToBytes()));
        Assert.That(virtualSwitch.FlowMods, Is.Empty);
    }
}
