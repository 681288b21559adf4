using System.IO.Pipelines;
using Lime.Core.Emulation;
using Lime.Core.Hosting;
using Lime.OpenFlow;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;
using Lime.OpenFlow.Transport;
using NUnit.Framework;

namespace Lime.Tests.Emulation;

/// <summary>Hosts ping through emulated switches under rules of OpenFlow 1.3, in virtual time; and what a controller
/// may ask and say beside.</summary>
internal sealed class Chain13Test
{
    private EventLoop _loop = null!;

    [SetUp]
    public void SetUp() => _loop = EventLoop.CreateManual();

    [TearDown]
    public void TearDown() => _loop.Dispose();

    /// <remarks>Two tables: what comes from where, then out by a group; a table-miss rule in both.</remarks>
    [Test]
    public void Pings_pass_through_two_tables_and_a_group_in_each_switch()
    {
        var chain = new Chain(_loop, seed: 1);
        foreach (EmulatedSwitch node in chain.Network.Switches)
        {
            ScriptedController controller = Connect(node);
            for (uint port = 1; port <= 2; port++)
            {
                controller.Send(new GroupMod(GroupModCommand.Add, GroupType.Indirect, new(port),
                    [new GroupBucket(ActionList.Output(new(port)))]));
                controller.Send(new FlowMod
                {
                    Match = Match.Any.WithInPort(new(3 - port)),
                    Instructions = new() { Metadata = port, MetadataMask = 3, GoToTable = new(1) },
                });
                controller.Send(new FlowMod
                {
                    Table = new(1),
                    Match = Match.Any.WithFurther(FurtherFields.Of(
                        OxmField.Of(OxmId.Metadata, [0, 0, 0, 0, 0, 0, 0, (byte)port]))),
                    Instructions = new() { WriteActions = ActionList.Of(FlowAction.Group(new(port))) },
                });
            }
            controller.Barrier();
            Assert.That(controller.All<ErrorMessage>(), Is.Empty);
        }
        var options = new PingerOptions { Interval = TimeSpan.FromMilliseconds(10) };
        Pinger pinger = chain.H1.CreatePinger(chain.H2.Ip, options);
        pinger.Start();
        _loop.RunFor(TimeSpan.FromSeconds(5));
        pinger.Stop();
        _loop.RunFor(TimeSpan.FromSeconds(2));
        PingSummary summary = pinger.Summarise();
        Assert.That((summary.Received, summary.Duplicates), Is.EqualTo((summary.Sent, 0)));
        Assert.That(summary.Sent, Is.GreaterThan(490));
    }

    [Test]
    public void The_highest_common_version_is_spoken()
    {
        EmulatedSwitch node = new EmulatedNetwork(_loop, seed: 1).AddSwitch("s1", new(1));
        Assert.That(Connect(node).Channel.Features!.TableCount, Is.EqualTo(8));
        Assert.That(Connect(node, OpenFlowVersion.V10).Channel.Features!.TableCount, Is.EqualTo(1));
        EmulatedSwitch old = new EmulatedNetwork(_loop, seed: 1).AddSwitch("s2", new(2),
            new EmulatedSwitchOptions { Versions = [OpenFlowVersion.V10] });
        Assert.That(Connect(old, OpenFlowVersion.V10, OpenFlowVersion.V13).Channel.Codec!.Version,
            Is.EqualTo(OpenFlowVersion.V10));
    }

    /// <remarks>Rules stay when the controller changes; one of 1.0 isn't told of what it has no words for.</remarks>
    [Test]
    public void A_controller_of_another_version_finds_the_rules_that_it_can_say()
    {
        EmulatedSwitch node = new EmulatedNetwork(_loop, seed: 1).AddSwitch("s1", new(1));
        ScriptedController newer = Connect(node);
        newer.Send(new FlowMod { Match = Match.Any.WithInPort(new(1)), Actions = ActionList.Output(new(2)) });
        newer.Send(new FlowMod { Table = new(2), HardTimeoutSeconds = 1, Flags = FlowModFlags.SendFlowRemoved });
        newer.Send(new FlowMod { Priority = 3, Instructions = new() { GoToTable = new(1) } });
        newer.Barrier();
        ScriptedController older = Connect(node, OpenFlowVersion.V10);
        var flows = (FlowStatisticsReply)older.AskAll(
            new FlowStatisticsRequest(Match.Any, TableId.All, PortNumber.Any)).Single();
        Assert.That(flows.Flows.Single().Actions, Is.EqualTo(ActionList.Output(new(2))));
        _loop.RunFor(TimeSpan.FromSeconds(2));
        Assert.That((node.IsConnected, node.FlowCount), Is.EqualTo((true, 2)));
    }

    /// <remarks>1.3.5 section 6.3.4.</remarks>
    [Test]
    public void A_slave_reads_only_and_hears_of_ports_alone_and_old_generations_are_stale()
    {
        EmulatedNetwork network = new(_loop, seed: 1);
        EmulatedSwitch node = network.AddSwitch("s1", new(1));
        EmulatedHost host = network.AddHost("h1", new(1), new(1));
        network.Connect(node, new(1), host);
        ScriptedController controller = Connect(node);
        controller.Send(new FlowMod { Priority = 0, Actions = ActionList.ToController });
        Assert.That(Role(controller, ControllerRole.Master, 10), Is.EqualTo(new RoleReply(ControllerRole.Master, 10)));
        Assert.That(((ErrorMessage)controller.AskUnpaired(new RoleRequest(ControllerRole.Slave, 9))).Type,
            Is.EqualTo(ErrorType.RoleRequestFailed));
        Assert.That(Role(controller, ControllerRole.Slave, 11), Is.EqualTo(new RoleReply(ControllerRole.Slave, 11)));
        Assert.That(((ErrorMessage)controller.AskUnpaired(new TableMod(TableId.All, 0))).Code,
            Is.EqualTo(ErrorCodes.IsSlave));
        controller.Send(new FlowMod());
        host.SendFrame(TestFrames.Udp());
        _loop.RunFor(TimeSpan.FromSeconds(1));
        node.AddPort(new(9));
        controller.Barrier();
        Assert.That((controller.PacketIns.Count, node.FlowCount), Is.EqualTo((0, 1)));
        Assert.That(controller.All<PortStatus>().Single().Port.Port.Value, Is.EqualTo(9));
        Assert.That(Role(controller, ControllerRole.NoChange, 0), Is.EqualTo(new RoleReply(ControllerRole.Slave, 11)));
    }

    /// <remarks>1.3.5 section 7.3.5.5: what is told is what it does; it can't be set.</remarks>
    [Test]
    public void Table_features_are_told_and_not_set()
    {
        ScriptedController controller = Connect(new EmulatedNetwork(_loop, seed: 1).AddSwitch("s1", new(1)));
        TableFeatures[] tables =
        [
            .. controller.AskAll(new TableFeaturesRequest([])).SelectMany(part => ((TableFeaturesReply)part).Tables),
        ];
        Assert.That(tables, Has.Length.EqualTo(8));
        Assert.That(tables[6].Properties.Single(property => property.Type == TablePropertyType.NextTables).Bytes,
            Is.EqualTo((byte[])[7]));
        Assert.That(((ErrorMessage)controller.AskUnpaired(new TableFeaturesRequest([tables[0]]))).Type,
            Is.EqualTo(ErrorType.TableFeaturesFailed));
    }

    [Test]
    public void Fifty_thousand_rules_are_told_in_parts_each_exactly_once()
    {
        EmulatedSwitch node = new EmulatedNetwork(_loop, seed: 1).AddSwitch("s1", new(1));
        ScriptedController controller = Connect(node);
        const int Count = 50_000;
        for (uint i = 0; i < Count; i++)
        {
            node.Install(new FlowMod
            {
                Table = new((byte)(i % 8)),
                Match = Match.Any.WithEthType(0x0800).WithIpv4Source(new(i)),
                Actions = ActionList.Output(new(1)),
                Cookie = new(i),
            });
        }
        var parts = controller.AskAll(new FlowStatisticsRequest(Match.Any, TableId.All, PortNumber.Any));
        Assert.That(parts, Has.Length.GreaterThan(50));
        IEnumerable<FlowStatistics> flows = parts.SelectMany(part => ((FlowStatisticsReply)part).Flows);
        Assert.That(flows.Select(flow => flow.Cookie.Value).Order(), Is.EqualTo(Enumerable.Range(0, Count)));
    }

    private static RoleReply Role(ScriptedController controller, ControllerRole role, ulong generationId) =>
        controller.Ask<RoleReply>(new RoleRequest(role, generationId));

    private ScriptedController Connect(EmulatedSwitch node, params OpenFlowVersion[] versions)
    {
        (IDuplexPipe ours, IDuplexPipe theirs) = InMemoryTransport.CreatePair(
            _loop.Scheduler, _loop.Scheduler);
        _ = node.Connect(theirs);
        return new ScriptedController(_loop, ours, versions.Length == 0 ? [OpenFlowVersion.V13] : versions);
    }
}
