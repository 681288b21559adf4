using System.Collections.Immutable;
using Lime.OpenFlow;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;
using Lime.OpenFlow.Wire;
using NUnit.Framework;

namespace Lime.Tests.Checking;

/// <summary>A trace written by hand: hosts h1, h2, h3 at ports 1, 2, 3, an event a millisecond.</summary>
internal sealed class HandTrace(OpenFlowVersion version)
{
    private readonly List<TraceEvent> _events = [];
    private readonly Dictionary<uint, byte[]> _frames = [];
    private uint _xid;
    private int _request;

    public TimeSpan Now { get; private set; }

    public bool HostsKeepOrder { get; set; } = true;

    /// <summary>The cookie of a packet-in that no rule of the app caused.</summary>
    public static Cookie NoCookie { get; } = new(ulong.MaxValue);

    public static FlowMod Rule(uint inPort, uint outPort, ushort priority = 100, byte tos = 0) => new()
    {
        Match = Match.Any.WithInPort(new PortNumber(inPort)).WithEthType(0x0800),
        Priority = priority,
        Cookie = new Cookie(priority),
        Flags = FlowModFlags.SendFlowRemoved,
        Actions = tos == 0
            ? ActionList.Output(new PortNumber(outPort))
            : ActionList.Of(FlowAction.SetIpTos(tos), FlowAction.Output(new PortNumber(outPort))),
    };

    public HandTrace Wait(double ms)
    {
        Now += TimeSpan.FromMilliseconds(ms);
        return this;
    }

    public HandTrace Add(TraceEvent traceEvent)
    {
        _events.Add(traceEvent);
        return Wait(1);
    }

    /// <summary>The app gives a flow-mod; its xid is the number of commands so far.</summary>
    public HandTrace Send(FlowMod flowMod)
    {
        var xid = new Xid(++_xid);
        OpenFlowCodec codec = OpenFlowCodecs.For(version);
        var original = new byte[codec.SizeOf(flowMod)];
        codec.Write(original, xid, flowMod);
        return Add(new FlowModSent(Now, xid, flowMod, original));
    }

    /// <summary>The app gives a command on a group or meter.</summary>
    public HandTrace Send(OpenFlowMessage command) => Add(new ResourceSent(Now, new Xid(++_xid), command, []));

    public HandTrace Delete(FlowMod rule) => Send(rule with { Command = FlowModCommand.DeleteStrict });

    public HandTrace Modify(FlowMod rule) => Send(rule with { Command = FlowModCommand.ModifyStrict });

    public HandTrace PacketOut(uint packet, uint outPort, uint inPort) => Add(new PacketOutSent(
        Now, new Xid(++_xid), new SentPacket(
            BufferId.None, new PortNumber(inPort), ActionList.Output(new PortNumber(outPort)), _frames[packet]), []));

    public HandTrace HostSends(uint host, uint packet, uint to = 2)
    {
        _frames[packet] = MarkedFrame.Udp4(host, to, packet);
        return Add(new HostSent(Now, $"h{host}", packet, _frames[packet]));
    }

    /// <summary>A bucket of a group has marked it.</summary>
    public HandTrace HostReceivesMarked(uint host, uint packet, ushort sourcePort) => Add(new HostReceived(
        Now, $"h{host}", MarkedFrame.WithSourcePort(_frames[packet], sourcePort)));

    public HandTrace HostReceives(uint host, uint packet, byte tos = 0) => Add(new HostReceived(
        Now, $"h{host}", tos == 0 ? _frames[packet] : MarkedFrame.WithTos(_frames[packet], tos)));

    /// <summary>A packet gets through by a rule.</summary>
    public HandTrace Crosses(uint packet, uint from, uint to, byte tos = 0) =>
        HostSends(from, packet, to).HostReceives(to, packet, tos);

    public HandTrace AppSees(
        uint packet,
        uint inPort,
        PacketInReason reason = PacketInReason.NoMatch,
        ulong cookie = ulong.MaxValue,
        byte table = 0) =>
        Add(new PacketInReceived(Now, new SeenPacket(
            BufferId.None, (ushort)_frames[packet].Length, new PortNumber(inPort), reason, new TableId(table),
            version == OpenFlowVersion.V10 ? default : new Cookie(cookie), _frames[packet])));

    public HandTrace AppIsRefused(uint xid, ErrorType type, ushort code, byte[]? quote = null) => Add(new ErrorReceived(
        Now, new Xid(xid), new ErrorMessage(type, code, [.. quote ?? QuoteOf(xid)])));

    public HandTrace AppHearsOfRemoval(
        FlowMod rule, ulong packets, FlowRemovedReason reason = FlowRemovedReason.Delete) =>
        Add(new FlowRemovedReceived(Now, new FlowRemoved(
            rule.Match, rule.Cookie, rule.Priority, reason, default, rule.IdleTimeoutSeconds, packets,
            packets * MarkedFrame.Bytes)
        {
            HardTimeoutSeconds = rule.HardTimeoutSeconds,
        }));

    public HandTrace Claim(uint xid) => Add(new CommandClaimed(Now, new Xid(xid)));

    public HandTrace Expires(FlowMod rule, FlowRemovedReason reason) =>
        Add(new ExpiryClaimed(Now, new ClaimedRule(default, rule.Match, rule.Priority), reason));

    public HandTrace Ask() => Add(new RequestSent(Now, ++_request, null));

    public HandTrace Answer() => Add(new BarrierAnswered(Now, _request));

    public HandTrace Barrier() => Ask().Answer();

    public HandTrace AskFlows() => Add(new RequestSent(
        Now, ++_request, new FlowStatisticsRequest(Match.Any, TableId.All, PortNumber.Any)));

    public HandTrace AnswerFlows(params (FlowMod Rule, ulong Packets)[] flows) =>
        Add(new FlowsAnswered(Now, _request, [.. flows.Select(each => ToStatistics(each.Rule, each.Packets))]));

    /// <summary>One switch could have given this run.</summary>
    public void IsAccepted()
    {
        TraceVerdict verdict = TraceChecker.Check(ToTrace());
        Assert.That(verdict.Violations, Is.Empty, ToTrace().Text);
    }

    /// <summary>No switch could have, and this is why.</summary>
    public void IsRejected(params ViolationKind[] kinds)
    {
        TraceVerdict verdict = TraceChecker.Check(ToTrace());
        TestContext.Out.WriteLine(string.Join('\n', verdict.Violations));
        Assert.That(verdict.Violations.Select(each => each.Kind).Distinct(), Is.EquivalentTo(kinds), ToTrace().Text);
    }

    private Trace ToTrace() => new(
        new TraceSetting
        {
            Version = version,
            HostsKeepOrder = HostsKeepOrder,
            HostAtPort = ImmutableSortedDictionary.CreateRange<uint, string>(
                [new(1, "h1"), new(2, "h2"), new(3, "h3")]),
        },
        [.. _events]);

    private byte[] QuoteOf(uint xid) =>
        _events.OfType<CommandSent>().First(each => each.Xid.Value == xid).Original[..64];

    private static FlowStatistics ToStatistics(FlowMod rule, ulong packets) => new()
    {
        Match = rule.Match,
        Priority = rule.Priority,
        Cookie = rule.Cookie,
        IdleTimeoutSeconds = rule.IdleTimeoutSeconds,
        HardTimeoutSeconds = rule.HardTimeoutSeconds,
        Flags = rule.Flags,
        Actions = rule.Actions,
        PacketCount = packets,
        ByteCount = packets * MarkedFrame.Bytes,
    };
}
