using System.Net;
using Lime.Core.Ovsdb;
using Lime.Core.Tunnels;
using Lime.OpenFlow.Identifiers;
using Lime.Tests.Ovsdb;
using NUnit.Framework;

namespace Lime.Tests.Tunnels;

public class OvsTunnelsTests
{
    private static readonly string Name = new TunnelPlace("lime", TunnelRig.One, "t").PortName();

    private static readonly string[] Bridges = ["br1", "br2"];

    private static string[] With(params string[] names) => [.. Bridges.Concat(names).Order(StringComparer.Ordinal)];

    [Test]
    public void An_end_is_made_marked_and_its_number_learnt()
    {
        using var rig = new TunnelRig();
        TunnelPort port = rig.Ensure(TunnelRig.Vxlan).Done();
        Assert.That(port.Number, Is.EqualTo(new PortNumber(1)));
        Assert.That((port.Owner, port.Tunnel, port.Bridge.Name), Is.EqualTo(("lime", "t", "br1")));
        Assert.That(port.Interface.Name, Is.EqualTo(Name));
        Assert.That(port.Interface.Type, Is.EqualTo("vxlan"));
        Assert.That(
            string.Join(' ', port.Interface.Options.Select(each => $"{each.Key}={each.Value}")),
            Is.EqualTo("key=7 local_ip=10.0.0.1 remote_ip=10.0.0.2"));
        Assert.That(rig.Database.Comments.Single(), Is.EqualTo(
            "Lime: make VXLAN tunnel 7 from 10.0.0.1 to 10.0.0.2 for 't' on br1"));
    }

    [Test]
    public void What_is_there_is_not_made_again()
    {
        using var rig = new TunnelRig();
        PortNumber first = rig.Ensure(TunnelRig.Vxlan).Done().Number;
        Assert.That(rig.Ensure(TunnelRig.Vxlan).Done().Number, Is.EqualTo(first));
        Assert.That(rig.Database.TransactionCount, Is.EqualTo(1));
    }

    [Test]
    public void What_is_there_otherwise_is_changed_in_its_place()
    {
        using var rig = new TunnelRig();
        PortNumber first = rig.Ensure(TunnelRig.Vxlan).Done().Number;
        TunnelPort changed = rig.Ensure(TunnelRig.Vxlan with { Type = TunnelType.Geneve, Key = 8 }).Done();
        Assert.That((changed.Number, changed.Interface.Type), Is.EqualTo((first, "geneve")));
        Assert.That(changed.Interface.Options["key"], Is.EqualTo("8"));
        Assert.That(rig.Database.PortNames, Is.EqualTo(With(Name)));
    }

    [Test]
    public void Removing_takes_port_and_interface_and_twice_is_once()
    {
        using var rig = new TunnelRig();
        Assert.That(rig.Ensure(TunnelRig.Vxlan).IsCompletedSuccessfully, Is.True);
        Assert.That(rig.Remove().IsCompletedSuccessfully, Is.True);
        Assert.That(rig.Database.PortNames, Is.EqualTo(Bridges));
        Assert.That(rig.Database.InterfaceNames, Is.EqualTo(Bridges));
        Assert.That(rig.Remove().IsCompletedSuccessfully, Is.True);
        Assert.That(rig.Remove(on: new DatapathId(9)).IsCompletedSuccessfully, Is.True);
        Assert.That(rig.Database.TransactionCount, Is.EqualTo(2));
    }

    [Test]
    public void Removing_finds_an_end_also_when_its_bridge_has_no_datapath_id()
    {
        using var rig = new TunnelRig();
        Assert.That(rig.Ensure(TunnelRig.Vxlan).IsCompletedSuccessfully, Is.True);
        rig.Database.SetDatapath(rig.BridgeOne, null);
        rig.Settle();
        Assert.That(rig.Remove().IsCompletedSuccessfully, Is.True);
        Assert.That(rig.Database.PortNames, Is.EqualTo(Bridges));
    }

    [Test]
    public void Leftovers_are_found_by_their_marks_and_those_of_others_left()
    {
        using var rig = new TunnelRig();
        TunnelSpec[] specs = [.. Enumerable.Range(1, 4).Select(key => TunnelRig.Vxlan with { Key = (uint)key })];
        Assert.That(rig.Ensure(specs[0], "stays").IsCompletedSuccessfully, Is.True);
        Assert.That(rig.Ensure(specs[1], "goes").IsCompletedSuccessfully, Is.True);
        Assert.That(rig.Ensure(specs[2], "goes", TunnelRig.Two).IsCompletedSuccessfully, Is.True);
        OvsTunnels other = rig.Of("other");
        Assert.That(
            rig.Act(() => other.EnsureAsync(TunnelRig.One, "goes", new(specs[3]))).IsCompletedSuccessfully, Is.True);

        var removed = rig.Act(() => rig.Tunnels.RemoveLeftoversAsync(each => each.Tunnel == "stays")).Done();

        Assert.That(removed.Select(each => (each.Tunnel, each.Bridge.Name)), Is.EquivalentTo(new[]
        {
            ("goes", "br1"), ("goes", "br2"),
        }));
        Assert.That(rig.Tunnels.FindOwn().Single().Tunnel, Is.EqualTo("stays"));
        Assert.That(other.FindOwn().Single().Tunnel, Is.EqualTo("goes"));
    }

    [Test]
    public void A_bridge_that_is_not_there_is_said_with_those_that_are()
    {
        using var rig = new TunnelRig();
        rig.Database.SetDatapath(rig.BridgeTwo, null);
        rig.Settle();
        TunnelException failure = TunnelRig.Failure(rig.Ensure(TunnelRig.Vxlan, on: new DatapathId(9)));
        Assert.That(failure.Failure, Is.EqualTo(TunnelFailure.NoSuchBridge));
        Assert.That(
            failure.Message, Does.StartWith("tcp:db has no bridge with the datapath id 0000000000000009. It has "));
        Assert.That(failure.Message, Does.Contain("br1 (0000000000000001)").And.Contain("br2 (not made yet)"));
    }

    [Test]
    public void A_name_that_is_not_marked_is_not_touched()
    {
        using var rig = new TunnelRig();
        rig.Database.AddPort(rig.BridgeOne, Name, "internal");
        rig.Settle();
        TunnelException failure = TunnelRig.Failure(rig.Ensure(TunnelRig.Vxlan));
        Assert.That(failure.Failure, Is.EqualTo(TunnelFailure.Taken));
        Assert.That(failure.Message, Is.EqualTo(
            $"tcp:db has an interface {Name} that is not marked as Lime's tunnel 't'; remove it first."));
    }

    [Test]
    public void Ends_that_another_interface_has_are_not_made_twice()
    {
        using var rig = new TunnelRig();
        rig.Database.AddPort(
            rig.BridgeTwo, "byhand", "vxlan",
            (OvsColumns.Options, OvsdbValue.Map([
                .. TunnelRig.Vxlan.InterfaceOptions(), KeyValuePair.Create("csum", "true")])));
        rig.Settle();
        TunnelException failure = TunnelRig.Failure(rig.Ensure(TunnelRig.Vxlan));
        Assert.That(failure.Failure, Is.EqualTo(TunnelFailure.Taken));
        Assert.That(failure.Message, Is.EqualTo(
            "tcp:db has a VXLAN tunnel 7 from 10.0.0.1 to 10.0.0.2 already: interface byhand. "
            + "Remove it, or choose another key."));
        Assert.That(rig.Ensure(TunnelRig.Vxlan with { UdpPort = 4790 }).IsCompletedSuccessfully, Is.True);
        TunnelSpec geneve = TunnelRig.Vxlan with { Type = TunnelType.Geneve };
        Assert.That(rig.Ensure(geneve, "g").IsCompletedSuccessfully, Is.True);
    }

    [Test]
    public void What_the_switch_refuses_is_said_in_its_words_and_taken_away()
    {
        using var rig = new TunnelRig();
        string error = $"could not add network device {Name} to ofproto (File exists)";
        rig.Database.ErrorOf = name => name == Name ? error : null;
        TunnelException failure = TunnelRig.Failure(rig.Ensure(TunnelRig.Vxlan));
        Assert.That(failure.Failure, Is.EqualTo(TunnelFailure.SwitchRefused));
        Assert.That(failure.Message, Is.EqualTo(
            $"Bridge br1 could not make the VXLAN tunnel 7 from 10.0.0.1 to 10.0.0.2 (interface {Name}): "
            + $"{error}. Another tunnel of this switch has the same ends and key, perhaps without a local address; "
            + "look at 'ovs-vsctl list interface' and choose another key."));
        Assert.That(rig.Database.PortNames, Is.EqualTo(Bridges));
        Assert.That(rig.Database.InterfaceNames, Is.EqualTo(Bridges));
    }

    [TestCase("could not open network device x (Address family not supported by protocol)", "does not know the type")]
    [TestCase("x: bad vxlan 'remote_ip'\nx: vxlan type requires valid 'remote_ip' argument", "other end is not taken")]
    [TestCase("something new", "See ovs-vswitchd's log")]
    public void Each_refusal_has_its_advice(string error, string advice)
    {
        using var rig = new TunnelRig();
        rig.Database.ErrorOf = _ => error;
        string message = TunnelRig.Failure(rig.Ensure(TunnelRig.Vxlan)).Message;
        Assert.That(message, Does.Contain(error.Replace("\n", "; ", StringComparison.Ordinal)).And.Contain(advice));
        Assert.That(message, Does.Not.Contain("\n"));
    }

    [Test]
    public void A_switch_that_does_not_take_it_is_waited_for_then_nothing_is_left()
    {
        using var rig = new TunnelRig();
        rig.Database.IsSwitchRunning = false;
        Task<TunnelPort> making = rig.Ensure(TunnelRig.Vxlan);
        rig.Pass(new OvsTunnelsOptions("").TakenTimeout - TimeSpan.FromTicks(1));
        Assert.That(making.IsCompleted, Is.False);
        Assert.That(rig.Database.PortNames, Is.EqualTo(With(Name)));
        rig.Pass(TimeSpan.FromTicks(1));
        Assert.That(TunnelRig.Failure(making).Failure, Is.EqualTo(TunnelFailure.SwitchSilent));
        Assert.That(TunnelRig.Failure(making).Message, Does.Contain("Does it run"));
        Assert.That(rig.Database.PortNames, Is.EqualTo(Bridges));
    }

    [Test]
    public void A_switch_that_comes_late_but_in_time_is_taken()
    {
        using var rig = new TunnelRig();
        rig.Database.IsSwitchRunning = false;
        Task<TunnelPort> making = rig.Ensure(TunnelRig.Vxlan);
        rig.Pass(TimeSpan.FromSeconds(1));
        rig.Database.IsSwitchRunning = true;
        rig.Settle();
        Assert.That(making.Done().Number, Is.EqualTo(new PortNumber(1)));
    }

    [Test]
    public void Two_callers_at_once_get_the_same_end()
    {
        using var rig = new TunnelRig();
        var both = rig.Act(() => (
            rig.Tunnels.EnsureAsync(TunnelRig.One, "t", new(TunnelRig.Vxlan)),
            rig.Tunnels.EnsureAsync(TunnelRig.One, "t", new(TunnelRig.Vxlan))));
        rig.Settle();
        Assert.That(both.Item1.Done().Row, Is.EqualTo(both.Item2.Done().Row));
        Assert.That(rig.Database.PortNames, Is.EqualTo(With(Name)));
    }

    [Test]
    public void Somebody_faster_is_seen_and_what_they_did_decides()
    {
        using var rig = new TunnelRig();
        rig.Database.Overtake = () => rig.Database.AddPort(rig.BridgeOne, Name, "internal");
        Task<TunnelPort> making = rig.Ensure(TunnelRig.Vxlan);
        rig.Pass(TimeSpan.FromSeconds(1));
        Assert.That(TunnelRig.Failure(making).Failure, Is.EqualTo(TunnelFailure.Taken));
    }

    [Test]
    public void A_lost_database_is_said_and_the_same_call_again_finds_what_was_done()
    {
        using var rig = new TunnelRig();
        rig.Database.IsAnswerLost = true;
        TunnelException failure = TunnelRig.Failure(rig.Ensure(TunnelRig.Vxlan));
        Assert.That(failure.Failure, Is.EqualTo(TunnelFailure.DatabaseUnreachable));
        Assert.That(failure.Message, Does.StartWith("tcp:db, making the VXLAN tunnel 7 from 10.0.0.1 to 10.0.0.2 on "));
        Assert.That(TunnelRig.Failure(rig.Ensure(TunnelRig.Vxlan)).Message, Does.Contain(
            "the database is not connected (ClosedByServer: The server ended the connection.)"));
        rig.Pass(TimeSpan.FromSeconds(1));
        Assert.That(rig.Client.IsReady, Is.True);
        Assert.That(rig.Ensure(TunnelRig.Vxlan).Done().Number, Is.EqualTo(new PortNumber(1)));
        Assert.That(rig.Database.TransactionCount, Is.EqualTo(1));
    }

    [Test]
    public void A_spec_that_contradicts_itself_never_reaches_the_database()
    {
        using var rig = new TunnelRig();
        Task<TunnelPort> making = rig.Ensure(TunnelRig.Vxlan with { Remote = IPAddress.IPv6Loopback });
        TunnelException failure = TunnelRig.Failure(making);
        Assert.That(failure.Failure, Is.EqualTo(TunnelFailure.BadSpec));
        Assert.That(rig.Database.TransactionCount, Is.Zero);
    }

    [Test]
    public void Packets_that_do_not_fit_are_refused_before_anything_is_made()
    {
        using var rig = new TunnelRig();
        TunnelException small = TunnelRig.Failure(rig.Ensure(TunnelRig.Vxlan, mtu: new(1451, "br2")));
        Assert.That(small.Failure, Is.EqualTo(TunnelFailure.MtuTooSmall));
        TunnelException unknown = TunnelRig.Failure(rig.Ensure(TunnelRig.Vxlan, mtu: new(1000, "eth9")));
        Assert.That(unknown.Message, Is.EqualTo("The switch's database has no interface eth9, by which the "
            + "VXLAN tunnel 7 from 10.0.0.1 to 10.0.0.2 is to leave."));
        Assert.That(rig.Database.TransactionCount, Is.Zero);
        Assert.That(rig.Ensure(TunnelRig.Vxlan, mtu: new(1450, "br2")).IsCompletedSuccessfully, Is.True);
    }

    [Test]
    public void An_mtu_that_was_asked_for_and_not_taken_is_said()
    {
        using var rig = new TunnelRig();
        rig.Database.AddPort(
            rig.BridgeOne, "eth0", "",
            (OvsColumns.Mtu, OvsdbValue.Of(1500)), (OvsColumns.MtuRequest, OvsdbValue.Of(1600)));
        rig.Database.AddPort(rig.BridgeOne, "eth1", "", (OvsColumns.Error, OvsdbValue.Of("No such device")));
        rig.Settle();
        Assert.That(
            TunnelRig.Failure(rig.Ensure(TunnelRig.Vxlan, mtu: new(1500, "eth0"))).Message,
            Does.EndWith("(mtu_request is 1600, which it didn't take.)"));
        Assert.That(
            TunnelRig.Failure(rig.Ensure(TunnelRig.Vxlan, mtu: new(1500, "eth1"))).Message,
            Does.StartWith("The switch does not know the MTU of interface eth1").And.EndWith(": No such device."));
    }
}
