using Lime.Core.Emulation;
using Lime.Core.Hosting;
using Lime.Core.Switches;
using Lime.OpenFlow;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.Tests.Apps;
using Lime.Tests.Hosting;
using NUnit.Framework;

namespace Lime.Tests.Switches;

/// <remarks>Goal: a switch that comes back and speaks another version keeps what that can say, and its apps learn what
/// it can't. Method: two emulated switches with one datapath id, one of each version, connected in turn.</remarks>
public sealed class VersionChangeTests
{
    private static readonly PortNumber PortTwo = new(2);

    private static readonly FlowMod Plain = ControllerBed.Forward(1, 2) with
    {
        Cookie = new Cookie(1),
        Flags = FlowModFlags.SendFlowRemoved,
    };

    /// <summary>What only 1.3 can say.</summary>
    private static readonly FlowMod[] Of13 =
    [
        Plain with { Priority = 7, Cookie = new Cookie(2), Table = new TableId(1) },
        Plain with { Priority = 8, Cookie = new Cookie(3), Actions = ActionList.Of(FlowAction.Group(new GroupId(5))) },
        Plain with
        {
            Priority = 9,
            Cookie = new Cookie(4),
            Instructions = new FlowInstructions { Meter = new MeterId(6) },
        },
    ];

    private RecordingApp _app = null!;

    [Test]
    public void Back_in_1_0_it_has_the_rules_that_1_0_can_say_and_the_others_are_reported_as_gone()
    {
        using ControllerBed bed = NewBed(out EmulatedSwitch old, out EmulatedSwitch young);
        bed.ConnectAndSettle(young);
        VirtualSwitch virtualSwitch = FillWith13(bed);
        Assert.That((young.Groups.Count, young.Meters.Count, young.FlowCount), Is.EqualTo((1, 1, 5)));

        Change(bed, young, old);

        Assert.That(old.Flows.Select(each => each.Cookie.Value), Is.EqualTo(new ulong[] { 1 }));
        Assert.That(bed.Flows(virtualSwitch).Select(each => each.Cookie.Value), Is.EqualTo(new ulong[] { 1 }));
        Assert.That(
            _app.Removed.Select(each => each.Message.Cookie.Value).Order(), Is.EqualTo(new ulong[] { 2, 3, 4 }));
        Assert.That(
            _app.Removed.Select(each => each.Message.Reason), Is.All.EqualTo(FlowRemovedReason.Delete));
        Assert.That((virtualSwitch.Groups.Count, virtualSwitch.Meters.Count), Is.EqualTo((0, 0)));
        Assert.That((_app.Ups.Count, _app.Downs.Count), Is.EqualTo((2, 1)));
        Assert.That(_app.Errors, Is.Empty);
    }

    [Test]
    public void Back_in_1_0_commands_of_1_3_are_refused_on_the_callers_line_and_those_of_1_0_done()
    {
        using ControllerBed bed = NewBed(out EmulatedSwitch old, out EmulatedSwitch young);
        bed.ConnectAndSettle(young);
        VirtualSwitch virtualSwitch = FillWith13(bed);
        Change(bed, young, old);

        bool isRefused = bed.Do(() =>
        {
            try
            {
                virtualSwitch.Send(Of13[1]);
                return false;
            }
            catch (UnsupportedByVersionException exception)
            {
                return exception.Version == OpenFlowVersion.V10;
            }
        });
        bed.Send(virtualSwitch, Plain with { Priority = 50, Actions = ActionList.Of(FlowAction.SetIpTos(4)) });
        bed.Barrier(virtualSwitch);

        Assert.That(isRefused, Is.True);
        Assert.That(string.Join(',', old.Flows.Select(each => each.Priority).Order()), Is.EqualTo("50,100"));
        Assert.That(_app.Errors, Is.Empty);
    }

    /// <remarks>In 1.0 a miss goes up by itself; in 1.3 by Lime's own rule.</remarks>
    [Test]
    public void A_packet_that_no_rule_matches_reaches_apps_in_either_version()
    {
        using ControllerBed bed = NewBed(out EmulatedSwitch old, out EmulatedSwitch young);
        EmulatedHost ofOld = bed.AddHost("hOld", 1);
        EmulatedHost ofYoung = bed.AddHost("hYoung", 2);
        bed.Network.Connect(old, new PortNumber(3), ofOld);
        bed.Network.Connect(young, new PortNumber(3), ofYoung);
        ofOld.AddNeighbour(ofYoung.Ip, ofYoung.Mac);
        ofYoung.AddNeighbour(ofOld.Ip, ofOld.Mac);
        bed.ConnectAndSettle(young);
        ofYoung.SendUdp(ofOld.Ip, 1, 1, []);
        bed.RunMs(20);
        int inThirteen = _app.PacketIns.Count;
        Change(bed, young, old);
        ofOld.SendUdp(ofYoung.Ip, 1, 1, []);
        bed.RunMs(20);

        Assert.That(inThirteen, Is.EqualTo(1));
        Assert.That(_app.PacketIns.Select(each => each.Reason), Is.EqualTo(
            new[] { PacketInReason.NoMatch, PacketInReason.NoMatch }));
        Assert.That(old.Flows, Is.Empty);
    }

    [Test]
    public void Back_in_1_3_it_has_the_rules_that_1_3_can_say_and_a_table_miss_rule()
    {
        using ControllerBed bed = NewBed(out EmulatedSwitch old, out EmulatedSwitch young);
        bed.ConnectAndSettle(old);
        VirtualSwitch virtualSwitch = (VirtualSwitch)bed.Controller.VirtualSwitches.Single();
        FlowMod ofOld = Plain with
        {
            Priority = 5,
            Cookie = new Cookie(2),
            Actions = ActionList.Of(FlowAction.SetTransportSource(5)),
        };
        bed.Send(virtualSwitch, Plain);
        bed.Send(virtualSwitch, ofOld);
        bed.Barrier(virtualSwitch);

        Change(bed, old, young);

        Assert.That(
            young.Flows.Select(each => each.Cookie), Is.EquivalentTo(new[] { new Cookie(1), TableMissRule.Mark }));
        Assert.That(_app.Removed.Single().Message.Cookie, Is.EqualTo(new Cookie(2)));
        bed.Send(virtualSwitch, Of13[0]);
        bed.Barrier(virtualSwitch);
        Assert.That(young.Flows.Any(each => each.Table.Value == 1), Is.True);
        Assert.That(_app.Errors, Is.Empty);
    }

    /// <remarks>Bits that only 1.0 has must not be asked of a switch, or of a clone, of 1.3.</remarks>
    [Test]
    public void What_was_set_of_a_port_is_kept_as_far_as_the_version_has_it()
    {
        using ControllerBed bed = NewBed(out EmulatedSwitch old, out EmulatedSwitch young);
        bed.ConnectAndSettle(old);
        VirtualSwitch virtualSwitch = (VirtualSwitch)bed.Controller.VirtualSwitches.Single();
        const PortConfig Both = PortConfig.NoFlood | PortConfig.NoPacketIn;
        MacAddress address = virtualSwitch.Ports.Single(each => each.Port == PortTwo).HardwareAddress;
        bed.Do(() => virtualSwitch.Send(new PortMod(PortTwo, address, Both, Both, 0)));
        bed.Barrier(virtualSwitch);
        Assert.That(old.Ports[1].Config, Is.EqualTo(Both));

        Change(bed, old, young);

        Assert.That(young.Ports[1].Config, Is.EqualTo(PortConfig.NoPacketIn));
        Assert.That(_app.Errors, Is.Empty);
    }

    private ControllerBed NewBed(out EmulatedSwitch old, out EmulatedSwitch young)
    {
        _app = new RecordingApp();
        var options = new LimeOptions
        {
            Channel = ChannelOptions.Default with { Versions = [OpenFlowVersion.V10, OpenFlowVersion.V13] },
        };
        var bed = new ControllerBed(options, 1, _app);
        old = Add(bed, OpenFlowVersion.V10);
        young = Add(bed, OpenFlowVersion.V13);
        return bed;
    }

    private static EmulatedSwitch Add(ControllerBed bed, OpenFlowVersion version)
    {
        EmulatedSwitch added = bed.Network.AddSwitch(
            $"s{version}", new DatapathId(1), new EmulatedSwitchOptions { Versions = [version] });
        added.AddPort(new PortNumber(1));
        added.AddPort(PortTwo);
        return added;
    }

    private static VirtualSwitch FillWith13(ControllerBed bed)
    {
        var virtualSwitch = (VirtualSwitch)bed.Controller.VirtualSwitches.Single();
        bed.Do(() => virtualSwitch.Send(new GroupMod(
            GroupModCommand.Add, GroupType.Indirect, new GroupId(5), [new GroupBucket(ActionList.Output(PortTwo))])));
        bed.Do(() => virtualSwitch.Send(new MeterMod(
            MeterModCommand.Add, MeterFlags.KilobitsPerSecond, new MeterId(6),
            [new MeterBand(MeterBandType.Drop, 1000, 0)])));
        bed.Barrier(virtualSwitch);
        foreach (FlowMod each in Of13.Prepend(Plain)) bed.Send(virtualSwitch, each);
        bed.Barrier(virtualSwitch);
        return virtualSwitch;
    }

    private static void Change(ControllerBed bed, EmulatedSwitch from, EmulatedSwitch to)
    {
        from.Disconnect();
        bed.RunMs(10);
        bed.ConnectAndSettle(to);
    }
}
