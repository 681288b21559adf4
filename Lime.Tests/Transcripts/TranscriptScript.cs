using System.Collections.Immutable;
using Lime.Core.Emulation;
using Lime.Core.Switches;
using Lime.OpenFlow;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;
using Lime.Tests.Hosting;
using Lime.Tests.Migration;

namespace Lime.Tests.Transcripts;

/// <summary>What an app and two hosts do, step by step, so that nearly everything that a switch can tell an app
/// comes.</summary>
/// <remarks>A step begins at a time that doesn't depend on how long the one before took, and ends when all it caused
/// has
/// come. Threading: the loop's.</remarks>
internal sealed class TranscriptScript
{
    /// <summary>Of each step: longer than a round trip with updates in two phases.</summary>
    public const double StepMs = 500;

    private const byte Udp = 17;

    private static readonly PortNumber One = new(1);

    private static readonly PortNumber Two = new(2);

    private readonly FigureThreeBed _lab;
    private readonly TranscriptApp _app;
    private readonly OpenFlowVersion _version;
    private int _sent;

    public TranscriptScript(FigureThreeBed lab, TranscriptApp app, OpenFlowVersion version)
    {
        _lab = lab;
        _app = app;
        _version = version;
        foreach (EmulatedHost host in new[] { lab.H1, lab.H2 })
        {
            foreach (ushort port in new ushort[] { 1000, 1001, 1002, 1003, 1004, 1005 })
                host.ReceiveUdp(port, Received);
        }
        Steps =
        [
            ForwardAndTell, SendBoth, ReadCounters, Modify, SendBoth, Refuse, AddTimed, SendBoth,
            Wait, Wait, Wait, Wait, Wait, ReadCounters,
            DeleteByPort, PacketOuts, ChangePort, ReactToMisses,
            SendBoth, GroupsAndMeters, SendBoth, ChangeGroup,
            SendBoth, ReadCounters, DeleteGroup, Describe, DeleteAll, SendBoth,
            Wait, Wait, Wait,
        ];
    }

    public ImmutableArray<Action> Steps { get; }

    private VirtualSwitch Moved => _lab.Moved;

    private void ForwardAndTell()
    {
        Send("tell of 1000", new FlowMod
        {
            Match = UdpTo(1000),
            Priority = 300,
            Cookie = new Cookie(77),
            Flags = FlowModFlags.SendFlowRemoved,
            Actions = ActionList.Of(FlowAction.Output(PortNumber.Controller), FlowAction.Output(Two)),
        });
        Send("pass 1001", new FlowMod
        {
            Match = UdpTo(1001).WithInPort(One),
            Priority = 301,
            Cookie = new Cookie(ulong.MaxValue),
            Flags = FlowModFlags.SendFlowRemoved,
            Actions = ActionList.Output(Two),
        });
        Barrier();
    }

    /// <summary>Both hosts send to every port; what comes is noted where it arrives.</summary>
    private void SendBoth()
    {
        foreach (ushort port in new ushort[] { 1000, 1001, 1002, 1003, 1004, 1005 })
        {
            Say(_lab.H1, _lab.H2, port);
            Say(_lab.H2, _lab.H1, port);
        }
    }

    private void Modify()
    {
        Send("modify 1000", new FlowMod
        {
            Command = FlowModCommand.Modify,
            Match = UdpTo(1000),
            Cookie = new Cookie(78),
            Actions = ActionList.Of(
                FlowAction.SetIpTos(0x20), FlowAction.Output(Two), FlowAction.Output(PortNumber.InPort)),
        });
        Barrier();
    }

    private void Refuse()
    {
        Send("overlapping", new FlowMod
        {
            Match = UdpTo(1001),
            Priority = 301,
            Flags = FlowModFlags.CheckOverlap,
            Actions = ActionList.Output(One),
        });
        Barrier();
        Send("same again", new FlowMod
        {
            Match = UdpTo(1001).WithInPort(One),
            Priority = 301,
            Cookie = new Cookie(5),
            Flags = FlowModFlags.SendFlowRemoved,
            Actions = ActionList.Output(Two),
        });
        Barrier();
    }

    private void AddTimed()
    {
        Send("idle", Timed(1002, 400) with { IdleTimeoutSeconds = 2 });
        Send("hard", Timed(1003, 401) with { HardTimeoutSeconds = 1 });
        Barrier();
    }

    private static void Wait()
    {
    }

    private void DeleteByPort()
    {
        Send("delete by port", new FlowMod
        {
            Command = FlowModCommand.Delete,
            Match = Match.Any.WithEthType(0x0800).WithIpProtocol(Udp),
            OutPort = Two,
        });
        Barrier();
    }

    private void PacketOuts()
    {
        PortNumber[] ports = [Two, PortNumber.Flood, PortNumber.All, PortNumber.InPort, PortNumber.Table];
        foreach (PortNumber port in ports)
        {
            byte[] frame = Frame($"out by {port}");
            Moved.Send(new PacketOut
            {
                BufferId = BufferId.None,
                InPort = One,
                Actions = ActionList.Output(port),
                Data = frame,
            });
        }
    }

    private void ChangePort()
    {
        PortDescription port = Moved.Ports.Single(each => each.Port == Two);
        var notFlooded = new PortMod(Two, port.HardwareAddress, PortConfig.NoFlood, PortConfig.NoFlood, 0);
        _app.Gave(Moved.Send(notFlooded).Xid, "port-mod");
        Barrier();
        Moved.Send(new PacketOut
        {
            BufferId = BufferId.None,
            InPort = One,
            Actions = ActionList.Flood,
            Data = Frame("not flooded"),
        });
    }

    /// <summary>An app that learns: misses come up, it adds a rule for each and sends the packet on.</summary>
    private void ReactToMisses()
    {
        Send("clear paths", new FlowMod { Command = FlowModCommand.Delete, Match = Match.Any.WithInPort(One) });
        Barrier();
        _app.Answer = (virtualSwitch, inPort, data) =>
        {
            if (inPort != One) return;
            PacketFields fields = PacketParser.Parse(inPort, data);
            _app.Gave(
                virtualSwitch.Send(new FlowMod
                {
                    Match = UdpTo(fields.TransportDestination).WithInPort(One),
                    Priority = 50,
                    Flags = FlowModFlags.SendFlowRemoved,
                    Actions = ActionList.Output(Two),
                }).Xid, "learned");
            virtualSwitch.Send(new PacketOut
            {
                BufferId = BufferId.None,
                InPort = inPort,
                Actions = ActionList.Output(Two),
                Data = data,
            });
        };
    }

    private void GroupsAndMeters()
    {
        if (_version == OpenFlowVersion.V10) return;
        Moved.Send(new GroupMod(GroupModCommand.Add, GroupType.All, new GroupId(7), [Bucket(Two)]));
        Moved.Send(new MeterMod(
            MeterModCommand.Add, MeterFlags.PacketsPerSecond | MeterFlags.Statistics, new MeterId(3),
            [new MeterBand(MeterBandType.Drop, 1_000_000, 1000)]));
        Send("grouped", new FlowMod
        {
            Match = UdpTo(1004).WithInPort(One),
            Priority = 500,
            Flags = FlowModFlags.SendFlowRemoved,
            Actions = ActionList.Of(FlowAction.Group(new GroupId(7))),
            Instructions = new FlowInstructions { Meter = new MeterId(3) },
        });
        Barrier();
    }

    private void ChangeGroup()
    {
        if (_version == OpenFlowVersion.V10) return;
        Moved.Send(new GroupMod(
            GroupModCommand.Modify, GroupType.All, new GroupId(7), [Bucket(Two), Bucket(PortNumber.InPort)]));
        Barrier();
    }

    private void DeleteGroup()
    {
        if (_version == OpenFlowVersion.V10) return;
        Moved.Send(new GroupMod(GroupModCommand.Delete, GroupType.All, new GroupId(7), []));
        Barrier();
    }

    private void DeleteAll()
    {
        Send("delete all", new FlowMod { Command = FlowModCommand.Delete, Match = Match.Any, Table = TableId.All });
        Barrier();
    }

    private void ReadCounters()
    {
        _ = ReadAsync();

        async Task ReadAsync()
        {
            var everything = new FlowStatisticsRequest(Match.Any, TableId.All, PortNumber.Any);
            foreach (FlowStatistics each in await Moved.GetFlowsAsync(everything))
            {
                _app.Note(
                    $"flow {each.Priority} {each.Match} cookie {each.Cookie} {each.Actions} {each.PacketCount} packets "
                    + $"{each.ByteCount} bytes idle {each.IdleTimeoutSeconds} hard {each.HardTimeoutSeconds} flags "
                    + $"{each.Flags} after {TranscriptApp.Rounded(each.Duration)}");
            }
            AggregateStatisticsReply sum = await Moved.GetAggregateAsync(
                new AggregateStatisticsRequest(Match.Any, TableId.All, Two));
            _app.Note($"aggregate {sum.FlowCount} {sum.PacketCount} {sum.ByteCount}");
            foreach (PortStatistics each in await Moved.GetPortStatisticsAsync(PortNumber.Any))
                _app.Note($"port {each.Port} {each.ReceivedPackets} {each.SentPackets} {each.ReceivedBytes}");
            if (_version == OpenFlowVersion.V13) await ReadResourcesAsync();
        }
    }

    private async Task ReadResourcesAsync()
    {
        foreach (GroupDescription each in await Moved.GetGroupsAsync())
            _app.Note($"group {each.Group} {each.Type} {each.Buckets.Length} buckets");
        foreach (GroupStatistics each in await Moved.GetGroupStatisticsAsync(GroupId.All))
            _app.Note($"group {each.Group}: {each.PacketCount} packets, used by {each.ReferenceCount}");
        foreach (MeterConfiguration each in await Moved.GetMetersAsync())
            _app.Note($"meter {each.Meter} {each.Flags} {string.Join(' ', each.Bands)}");
        foreach (MeterStatistics each in await Moved.GetMeterStatisticsAsync(MeterId.All))
            _app.Note($"meter {each.Meter}: {each.PacketCount} packets, used by {each.FlowCount}");
    }

    private void Describe()
    {
        _ = ReadAsync();

        async Task ReadAsync()
        {
            _app.Note($"{await Moved.GetDescriptionAsync()}");
            _app.Note($"{Moved.Features with { Ports = [] }} {string.Join(' ', Moved.Ports)}");
        }
    }

    private void Send(string name, in FlowMod flowMod) => _app.Gave(Moved.Send(flowMod).Xid, name);

    private void Barrier()
    {
        _ = ConfirmAsync();

        async Task ConfirmAsync()
        {
            await Moved.BarrierAsync();
            _app.Note("barrier");
        }
    }

    private void Say(EmulatedHost from, EmulatedHost to, ushort port) =>
        from.SendUdp(to.Ip, port, port, BitConverter.GetBytes(++_sent));

    private void Received(EmulatedHost host, in UdpDatagram datagram) =>
        _app.Note($"{host.Name} received {Convert.ToHexString(datagram.Payload)} by {datagram.DestinationPort}");

    private static Match UdpTo(ushort port) =>
        Match.Any.WithEthType(0x0800).WithIpProtocol(Udp).WithTransportDestination(port);

    private static FlowMod Timed(ushort port, ushort priority) => new()
    {
        Match = UdpTo(port).WithInPort(One),
        Priority = priority,
        Flags = FlowModFlags.SendFlowRemoved,
        Actions = ActionList.Output(Two),
    };

    private static GroupBucket Bucket(PortNumber port) => new(ActionList.Output(port));

    private byte[] Frame(string text)
    {
        var frame = new byte[64];
        _lab.H2.Mac.Write(frame);
        _lab.H1.Mac.Write(frame.AsSpan(6));
        frame[12] = 0x88;
        frame[13] = 0xb5;
        System.Text.Encoding.ASCII.GetBytes(text, frame.AsSpan(14));
        return frame;
    }
}
