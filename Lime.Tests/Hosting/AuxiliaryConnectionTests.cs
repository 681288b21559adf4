using Lime.Core.Hosting;
using Lime.OpenFlow;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.Tests.Apps;
using NUnit.Framework;

namespace Lime.Tests.Hosting;

/// <remarks>Source: OpenFlow 1.3.5, "Auxiliary Connections".</remarks>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class AuxiliaryConnectionTests : IDisposable
{
    private static readonly DatapathId Datapath = new(7);
    private readonly RecordingApp _app = new();
    private readonly ControllerBed _bed;

    public AuxiliaryConnectionTests() => _bed = new ControllerBed(
        new LimeOptions { Channel = new ChannelOptions { Versions = [OpenFlowVersion.V10, OpenFlowVersion.V13] } },
        1,
        _app);

    public void Dispose() => _bed.Dispose();

    private RawSwitch Connect(byte auxiliaryId = 0)
    {
        var node = new RawSwitch(_bed, Datapath, OpenFlowVersion.V13) { AuxiliaryId = auxiliaryId };
        _bed.RunMs(50);
        return node;
    }

    private int AuxiliaryCount => _bed.Controller.PhysicalSwitches.Single().AuxiliaryConnections;

    [Test]
    public void It_belongs_to_the_main_connection_and_ends_with_it()
    {
        RawSwitch main = Connect();
        RawSwitch auxiliary = Connect(auxiliaryId: 1);
        Assert.That((main.IsClosed, auxiliary.IsClosed, AuxiliaryCount), Is.EqualTo((false, false, 1)));
        Assert.That(_app.Ups, Has.Count.EqualTo(1), "It is no second switch.");
        main.Send(4, 0, 0, 3, 0, 0, 0, 0);
        _bed.RunMs(50);
        Assert.That((main.IsClosed, auxiliary.IsClosed, AuxiliaryCount), Is.EqualTo((true, true, 0)));
        Assert.That(_app.Downs, Has.Count.EqualTo(1));
    }

    [Test]
    public void Packets_that_arrive_on_it_are_the_switches_and_nothing_but_the_handshake_is_sent_on_it()
    {
        Connect();
        RawSwitch auxiliary = Connect(auxiliaryId: 3);
        auxiliary.Send(Convert.FromHexString(
            "040a003800000000ffffffff000e000000000000000000000001000c80000004000000010000000000" + "00"
            + "ffffffffffff02000000000188b5"));
        _bed.RunMs(10);
        Assert.That(_app.PacketIns, Has.Count.EqualTo(1));
        _bed.Send(_bed.Controller.VirtualSwitches.Single(), ControllerBed.Forward(1, 2));
        _bed.RunMs(10);
        Assert.That(auxiliary.Received, Is.EqualTo(new byte[] { 0, 5 }), "hello, features request");
    }

    [Test]
    public void It_may_come_before_its_main_connection_is_ready_but_not_without_one()
    {
        RawSwitch early = Connect(auxiliaryId: 1);
        RawSwitch main = Connect();
        _bed.RunMs(2000);
        Assert.That((main.IsClosed, early.IsClosed, AuxiliaryCount), Is.EqualTo((false, false, 1)));
    }

    [Test]
    public void Without_a_main_connection_it_is_closed_after_a_second()
    {
        RawSwitch alone = Connect(auxiliaryId: 1);
        _bed.RunMs(900);
        Assert.That(alone.IsClosed, Is.False);
        _bed.RunMs(200);
        Assert.That(alone.IsClosed, Is.True);
        Assert.That(_bed.Controller.PhysicalSwitches, Is.Empty);
    }

    [Test]
    public void A_newer_one_with_the_same_id_takes_the_place_of_the_older()
    {
        Connect();
        RawSwitch older = Connect(auxiliaryId: 1);
        RawSwitch newer = Connect(auxiliaryId: 1);
        RawSwitch other = Connect(auxiliaryId: 2);
        Assert.That((older.IsClosed, newer.IsClosed, other.IsClosed), Is.EqualTo((true, false, false)));
        Assert.That(AuxiliaryCount, Is.EqualTo(2));
    }
}
