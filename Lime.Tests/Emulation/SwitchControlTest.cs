using System.Collections.Immutable;
using Lime.Core.Emulation;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;
using NUnit.Framework;

namespace Lime.Tests.Emulation;

/// <summary>What an emulated switch says to its controller (OpenFlow 1.0.0 section 5).</summary>
internal sealed class SwitchControlTest
{
    private SwitchBed _bed = null!;

    private ScriptedController Controller => _bed.Controller;

    [SetUp]
    public void SetUp() => _bed = new SwitchBed();

    [TearDown]
    public void TearDown() => _bed.Dispose();

    /// <remarks>Section 5.3.1.</remarks>
    [Test]
    public void Features_name_the_switch_and_its_ports()
    {
        FeaturesReply features = Controller.Channel.Features!;
        Assert.That((features.Datapath.Value, features.TableCount, features.BufferCount),
            Is.EqualTo((0x1234ul, (byte)1, 256u)));
        Assert.That(features.Ports.Select(port => (port.Port.Value, port.Name, port.IsUp)),
            Is.EqualTo(new[] { (1u, "s1-eth1", true), (2u, "s1-eth2", true), (3u, "s1-eth3", true) }));
        Assert.That(features.Ports.Select(port => port.HardwareAddress), Is.Unique);
    }

    /// <remarks>Section 5.3.2.</remarks>
    [Test]
    public void The_configuration_can_be_read_and_set()
    {
        Assert.That(Controller.Ask<GetConfigReply>(new GetConfigRequest()),
            Is.EqualTo(new GetConfigReply(0, 128)));
        Controller.Send(new SetConfig(1, 64));
        Assert.That(Controller.Ask<GetConfigReply>(new GetConfigRequest()),
            Is.EqualTo(new GetConfigReply(1, 64)));
    }

    /// <remarks>Section 5.3.6 and 5.4.4: at least 64 bytes of the message, and its xid.</remarks>
    [Test]
    public void An_error_quotes_the_message_and_carries_its_xid()
    {
        Xid xid = Controller.Send(new FlowMod { Flags = FlowModFlags.Emergency, Actions = ActionList.Flood });
        Controller.Barrier();
        (Xid errorXid, OpenFlowMessage message) = Controller.Messages.Single();
        var error = (ErrorMessage)message;
        Assert.That((errorXid, error.Type, error.Code),
            Is.EqualTo((xid, ErrorType.FlowModFailed, ErrorCodes.TableFull)));
        Assert.That(error.Bytes, Has.Length.GreaterThanOrEqualTo(64));
        Assert.That(error.Bytes[..2], Is.EqualTo(new byte[] { 1, 14 }), "version and type of a flow-mod");
    }

    /// <remarks>Section 5.4.4.</remarks>
    [Test]
    public void Bad_actions_are_refused()
    {
        FlowAction[] bad =
        [
            FlowAction.Output(PortNumber.Table), FlowAction.Output(PortNumber.Normal),
            FlowAction.Enqueue(new(1), new(1)), FlowAction.Opaque([0xff, 0xff, 0, 8, 0, 0, 0x23, 0x20]),
        ];
        foreach (FlowAction action in bad) Controller.Send(new FlowMod { Actions = ActionList.Of(action) });
        Controller.Barrier();
        Assert.That(Controller.All<ErrorMessage>().Select(error => (error.Type, error.Code)), Is.EqualTo(new[]
        {
            (ErrorType.BadAction, ErrorCodes.ActionBadOutPort),
            (ErrorType.BadAction, ErrorCodes.ActionBadOutPort),
            (ErrorType.BadAction, ErrorCodes.ActionBadType), (ErrorType.BadAction, (ushort)2),
        }));
        Assert.That(_bed.Switch.FlowCount, Is.Zero);
    }

    /// <remarks>Section 5.5.4 and 5.4.4, OFPBRC_BAD_VENDOR.</remarks>
    [Test]
    public void An_unknown_vendor_is_refused()
    {
        Controller.Send(new ExperimenterMessage(0x2320, [1, 2, 3, 4]));
        Controller.Send(new ExperimenterMultipartRequest(0x2320, [1, 2, 3, 4]));
        Controller.Barrier();
        Assert.That(Controller.All<ErrorMessage>().Select(error => (error.Type, error.Code)),
            Is.All.EqualTo((ErrorType.BadRequest, ErrorCodes.BadExperimenter)).And.Exactly(2).Items);
    }

    /// <remarks>Section 5.4.4, OFPBRC_BAD_STAT: what the codec keeps is refused by the switch.</remarks>
    [Test]
    public void Statistics_of_an_unknown_type_and_unknown_commands_are_refused()
    {
        Controller.Send(new OpaqueMultipartRequest((MultipartType)0x4d, [1, 2, 3, 4]));
        Controller.Send(new FlowMod { Command = (FlowModCommand)0x0100 });
        Controller.Barrier();
        Assert.That(Controller.All<ErrorMessage>().Select(error => (error.Type, error.Code)), Is.EqualTo(new[]
        {
            (ErrorType.BadRequest, ErrorCodes.BadMultipart),
            (ErrorType.FlowModFailed, ErrorCodes.FlowModBadCommand),
        }));
        Assert.That(_bed.Switch.FlowCount, Is.Zero);
    }

    /// <remarks>Nicira's extension: roles without generation ids.</remarks>
    [Test]
    public void A_role_is_taken_by_the_extension_and_a_slave_may_not_change_anything()
    {
        RoleReply reply = Controller.Ask<RoleReply>(new RoleRequest(ControllerRole.Slave, 0));
        Assert.That(reply.Role, Is.EqualTo(ControllerRole.Slave));
        _bed.SendFrom("h1", TestFrames.Udp());
        Assert.That(Controller.PacketIns, Is.Empty);
    }

    /// <remarks>Section 5.3.5: parts below 64 KiB, all but the last with OFPSF_REPLY_MORE.</remarks>
    [Test]
    public void Five_thousand_rules_are_told_in_parts_each_exactly_once()
    {
        const int Count = 5000;
        for (uint i = 0; i < Count; i++)
            Controller.Send(new FlowMod
            {
                Match = Match.Any.WithEthType(0x0800).WithIpv4Source(new(i)),
                Actions = ActionList.Of(FlowAction.SetEthSource(new(i)), FlowAction.Output(new(1))),
                Cookie = new(i),
            });
        ImmutableArray<MultipartReply> parts = Controller.AskAll(
            new FlowStatisticsRequest(Match.Any, TableId.All, PortNumber.Any));
        Assert.That(parts, Has.Length.GreaterThan(5));
        IEnumerable<FlowStatistics> flows = parts.Cast<FlowStatisticsReply>().SelectMany(part => part.Flows);
        Assert.That(flows.Select(flow => flow.Cookie.Value).Order(), Is.EqualTo(Enumerable.Range(0, Count)));
        Assert.That(flows.All(flow => flow.Actions[0] == FlowAction.SetEthSource(new(flow.Cookie.Value))),
            Is.True);
        var sum = (AggregateStatisticsReply)Controller.AskAll(
            new AggregateStatisticsRequest(Match.Any, TableId.All, PortNumber.Any)).Single();
        Assert.That(sum.FlowCount, Is.EqualTo(Count));
    }

    /// <remarks>Section 5.3.5.</remarks>
    [Test]
    public void Flow_statistics_are_filtered_by_match_and_out_port()
    {
        Controller.Send(
            new FlowMod { Match = Match.Any.WithInPort(new(1)), Actions = ActionList.Output(new(2)) });
        Controller.Send(
            new FlowMod { Match = Match.Any.WithInPort(new(2)), Actions = ActionList.Output(new(1)) });
        Assert.That(CountFlows(Match.Any.WithInPort(new(1)), PortNumber.Any), Is.EqualTo(1));
        Assert.That(CountFlows(Match.Any, new(1)), Is.EqualTo(1));
        Assert.That(CountFlows(Match.Any, new(3)), Is.Zero);
        Assert.That(CountFlows(Match.Any, PortNumber.Any), Is.EqualTo(2));
    }

    /// <remarks>Section 5.3.5.</remarks>
    [Test]
    public void Description_table_port_and_queue_statistics_are_answered()
    {
        Controller.Send(new FlowMod { Actions = ActionList.Output(new(2)) });
        Controller.Barrier();
        _bed.SendFrom("h1", TestFrames.Udp());
        Assert.That(AskOne<DescriptionReply>(new DescriptionRequest()).Datapath, Is.EqualTo("s1"));
        TableStatistics table = AskOne<TableStatisticsReply>(new TableStatisticsRequest()).Tables.Single();
        Assert.That((table.ActiveCount, table.LookupCount, table.MatchedCount), Is.EqualTo((1u, 1ul, 1ul)));
        ImmutableArray<PortStatistics> ports = AskOne<PortStatisticsReply>(
            new PortStatisticsRequest(PortNumber.Any)).Ports;
        Assert.That(ports.Select(port => (port.ReceivedPackets, port.SentPackets)),
            Is.EqualTo(new[] { (1ul, 0ul), (0ul, 1ul), (0ul, 0ul) }));
        Assert.That(ports[1].SentBytes, Is.EqualTo((ulong)TestFrames.Udp().Length));
        Assert.That(AskOne<PortStatisticsReply>(new PortStatisticsRequest(new(2))).Ports.Single(),
            Is.EqualTo(ports[1]));
        Assert.That(AskOne<QueueStatisticsReply>(
            new QueueStatisticsRequest(PortNumber.All, QueueId.All)).Queues, Is.Empty);
    }

    /// <remarks>Section 5.3.4.</remarks>
    [Test]
    public void Queues_of_a_port_that_is_not_there_are_refused()
    {
        Assert.That(Controller.Ask<QueueGetConfigReply>(new QueueGetConfigRequest(new(1))).Queues, Is.Empty);
        Assert.That(() => Controller.Ask<QueueGetConfigReply>(new QueueGetConfigRequest(new(77))),
            Throws.InstanceOf<OpenFlowRequestException>());
    }

    /// <remarks>Section 5.4.3.</remarks>
    [Test]
    public void Links_and_new_ports_are_announced()
    {
        _bed.Network.SetLinkUp(_bed.Network.Link("s1-h1"), false);
        _bed.Switch.AddPort(new(9));
        _bed.Run();
        Assert.That(Controller.All<PortStatus>().Select(
            status => (status.Reason, status.Port.Port.Value, status.Port.IsUp)),
            Is.EqualTo(new[] { (PortStatusReason.Modify, 1u, false), (PortStatusReason.Add, 9u, false) }));
    }

    /// <remarks>Section 5.3.3, ofp_port_mod.</remarks>
    [Test]
    public void A_port_mod_has_to_name_port_and_address()
    {
        MacAddress address = _bed.Switch.Ports[0].HardwareAddress;
        Controller.Send(new PortMod(new(77), address, PortConfig.PortDown, PortConfig.PortDown, 0));
        Controller.Send(new PortMod(new(1), new(5), PortConfig.PortDown, PortConfig.PortDown, 0));
        Controller.Send(
            new PortMod(new(1), address, PortConfig.PortDown, PortConfig.PortDown | PortConfig.NoFlood, 0));
        Controller.Barrier();
        Assert.That(Controller.All<ErrorMessage>().Select(error => (error.Type, error.Code)), Is.EqualTo(new[]
        {
            (ErrorType.PortModFailed, ErrorCodes.PortModBadPort),
            (ErrorType.PortModFailed, ErrorCodes.PortModBadHardwareAddress),
        }));
        Assert.That(Controller.All<PortStatus>().Single().Port.Config, Is.EqualTo(PortConfig.PortDown));
    }

    /// <remarks>Section 5.4.2: only rules that asked for it are reported.</remarks>
    [Test]
    public void Flow_removed_is_sent_for_rules_that_asked()
    {
        FlowMod silent = new() { Priority = 1, HardTimeoutSeconds = 2, Cookie = new(9) };
        Controller.Send(silent with { Flags = FlowModFlags.SendFlowRemoved });
        Controller.Send(silent with { Priority = 2 });
        _bed.Loop.RunFor(TimeSpan.FromSeconds(3));
        FlowRemoved report = Controller.All<FlowRemoved>().Single();
        Assert.That((report.Cookie.Value, report.Reason, report.Duration.ToTimeSpan()),
            Is.EqualTo((9ul, FlowRemovedReason.HardTimeout, TimeSpan.FromSeconds(2))));
    }

    [Test]
    public void Without_a_controller_rules_stay_and_forward_and_a_new_one_finds_them()
    {
        Controller.Send(
            new FlowMod { Match = Match.Any.WithInPort(new(1)), Actions = ActionList.Output(new(2)) });
        Controller.Barrier();
        _bed.Switch.Disconnect();
        _bed.Run();
        Assert.That(_bed.Switch.IsConnected, Is.False);
        Assert.That(Controller.Closed, Is.Not.Null);
        _bed.SendFrom("h1", TestFrames.Udp());
        _bed.SendFrom("h3", TestFrames.Udp());
        Assert.That((_bed.DeliveredTo, _bed.Switch.Counters.PacketInsDropped), Is.EqualTo(("h2", 1L)));
        _bed.Controller = _bed.Connect();
        Assert.That((_bed.Switch.IsConnected, CountFlows(Match.Any, PortNumber.Any)), Is.EqualTo((true, 1)));
    }

    [Test]
    public void A_second_controller_takes_the_place_of_the_first()
    {
        ScriptedController second = _bed.Connect();
        _bed.Run();
        Assert.That(Controller.Closed, Is.Not.Null);
        second.Barrier();
        Assert.That(_bed.Switch.IsConnected, Is.True);
    }

    [Test]
    public void Faults_refuse_flow_mods_and_stall_the_control_connection()
    {
        _bed.Switch.RejectFlowMod = mod => mod.Priority == 7;
        Controller.Send(new FlowMod { Priority = 7 });
        Controller.Barrier();
        Assert.That(Controller.All<ErrorMessage>().Single().Code, Is.EqualTo(ErrorCodes.TableFull));
        _bed.Switch.StallControl(true);
        Controller.Send(new FlowMod { Priority = 8 });
        Xid barrier = Controller.Send(new BarrierRequest());
        _bed.Run();
        Assert.That(_bed.Switch.FlowCount, Is.Zero);
        Assert.That(Controller.Messages.Select(item => item.Xid), Has.No.Member(barrier));
        _bed.Switch.StallControl(false);
        Controller.Barrier();
        Assert.That(_bed.Switch.FlowCount, Is.EqualTo(1));
    }

    private int CountFlows(in Match match, PortNumber outPort) => Controller
        .AskAll(new FlowStatisticsRequest(match, TableId.All, outPort))
        .Sum(part => ((FlowStatisticsReply)part).Flows.Length);

    private T AskOne<T>(MultipartRequest request) where T : MultipartReply =>
        (T)Controller.AskAll(request).Single();
}
