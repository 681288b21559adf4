using Lime.Benchmarks.Cbench;
using Lime.OpenFlow;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Wire;
using NUnit.Framework;

namespace Lime.Tests.Benchmarks;

/// <remarks>Goal: the generator's own reading, which shares nothing with the library's, tells right answers from wrong
/// ones. Method: answers written by the library's codecs, to packet-ins that it has read.</remarks>
[TestFixture(OpenFlowVersion.V10)]
[TestFixture(OpenFlowVersion.V13)]
public sealed class AnswerScannerTests(OpenFlowVersion version)
{
    private const uint Sent = 1000;

    private readonly OpenFlowCodec _codec = OpenFlowCodecs.For(version);
    private readonly AnswerScanner _scanner = AnswerScanner.For(version);
    private readonly PacketInTemplate _template = PacketInTemplate.Of(version);

    [Test]
    public void Packet_ins_are_what_their_ids_say()
    {
        var identity = new SwitchIdentity(0x1234, 100);
        byte[] block = _template.CreateBlock(100_000);
        _template.Patch(block, identity, 150, 300);
        for (uint id = 150; id < 450; id++)
        {
            byte[] frame = [.. block.AsSpan((int)(id - 150) * _template.FrameBytes, _template.FrameBytes)];
            PacketIn packetIn = _codec.ReadPacketIn(frame);
            PacketFields fields = PacketParser.Parse(packetIn.InPort, packetIn.Data);
            Assert.That(FrameHeader.Read(frame).Xid.Value, Is.EqualTo(id));
            Assert.That(packetIn.BufferId.Value, Is.EqualTo(id));
            Assert.That(packetIn.InPort.Value, Is.EqualTo(1));
            Assert.That(fields.EthSource.Value, Is.EqualTo((((id - 1) % 100ul) << 16) | 0x1234));
            Assert.That(fields.EthDestination.Value, Is.EqualTo(0x8000_0000_1234));
        }
    }

    [Test]
    public void A_right_flow_mod_counts_once_and_then_as_a_duplicate()
    {
        AnswerTally tally = Scan(FlowMod(7), FlowMod(7), FlowMod(8));
        Assert.That((tally.Answered, tally.Duplicates, tally.Wrong, tally.Responses), Is.EqualTo((2, 1, 0, 3)));
    }

    [Test]
    public void An_answer_to_what_was_never_sent_is_wrong()
    {
        AnswerTally tally = Scan(FlowMod(Sent + 1), FlowMod(0));
        Assert.That((tally.Answered, tally.Wrong), Is.EqualTo((0, 2)));
    }

    [Test]
    public void A_match_that_is_not_the_packets_is_wrong()
    {
        Match right = MatchOf(7);
        AnswerTally tally = Scan(
            FlowMod(7, right.WithInPort(new PortNumber(2))),
            FlowMod(7, right.WithEthSource(new MacAddress(0x77))),
            FlowMod(7, right.WithEthDestination(new MacAddress(0x77))),
            FlowMod(8, right));
        Assert.That((tally.Answered, tally.Wrong), Is.EqualTo((0, 4)));
    }

    [Test]
    public void A_wider_match_fits_too()
    {
        AnswerTally tally = Scan(
            FlowMod(7, Match.Any), FlowMod(8, Match.Any.WithEthDestination(new MacAddress(Identity.Destination))));
        Assert.That((tally.Answered, tally.Wrong), Is.EqualTo((2, 0)));
    }

    [Test]
    public void A_delete_answers_nothing_and_is_not_counted_as_cbench_counts()
    {
        AnswerTally tally = Scan(Write(new FlowMod
        {
            Command = FlowModCommand.Delete,
            Match = MatchOf(7),
        }));
        Assert.That((tally.Answered, tally.Responses, tally.FlowMods, tally.Unattributed), Is.EqualTo((0, 0, 1, 1)));
    }

    [Test]
    public void Packet_outs_answer_by_buffer_or_by_the_packet_that_they_return()
    {
        byte[] block = _template.CreateBlock(1000);
        _template.Patch(block, Identity, 9, 1);
        byte[] packet = [.. _codec.ReadPacketIn(block.AsSpan(0, _template.FrameBytes)).Data];
        AnswerTally tally = Scan(PacketOut(8, 1, []), PacketOut(null, 1, packet), PacketOut(10, 3, []));
        Assert.That((tally.Answered, tally.Wrong, tally.PacketOuts), Is.EqualTo((2, 1, 3)));
    }

    [Test]
    public void Link_discovery_is_no_answer()
    {
        byte[] lldp = new byte[60];
        lldp[12] = 0x88;
        lldp[13] = 0xcc;
        AnswerTally tally = Scan(PacketOut(null, 1, lldp));
        Assert.That((tally.Responses, tally.PacketOuts, tally.Unattributed), Is.EqualTo((0, 0, 0)));
    }

    [Test]
    public void Nothing_is_taken_before_it_is_whole()
    {
        byte[] both = [.. FlowMod(1), .. FlowMod(2)];
        int first = both.Length / 2;
        for (int end = 0; end <= both.Length; end++)
        {
            AnswerTally tally = NewTally();
            int taken = _scanner.Scan(both.AsSpan(0, end), tally);
            Assert.That(taken, Is.EqualTo(end == both.Length ? end : end >= first ? first : 0));
            taken += _scanner.Scan(both.AsSpan(taken), tally);
            Assert.That((taken, tally.Answered), Is.EqualTo((both.Length, 2)));
        }
    }

    [Test]
    public void Errors_are_counted_and_the_rest_is_handed_on()
    {
        var others = new List<byte>();
        AnswerTally tally = NewTally();
        tally.Control = frame => others.Add(frame[1]);
        byte[] error = Write(new ErrorMessage(ErrorType.BadRequest, 1, []));
        byte[] echo = Write(new EchoRequest([]));
        _scanner.Scan([.. error, .. echo], tally);
        Assert.That(tally.Errors, Is.EqualTo(1));
        Assert.That(others, Is.EqualTo(new byte[] { 2 }));
    }

    private static SwitchIdentity Identity { get; } = new(5, 100);

    private static AnswerTally NewTally() => new(Identity) { Sent = Sent };

    private AnswerTally Scan(params byte[][] answers)
    {
        AnswerTally tally = NewTally();
        byte[] all = [.. answers.SelectMany(each => each)];
        Assert.That(_scanner.Scan(all, tally), Is.EqualTo(all.Length));
        return tally;
    }

    private static Match MatchOf(uint id) => Match.Any
        .WithInPort(new PortNumber(1))
        .WithEthSource(new MacAddress(Identity.SourceOf(Identity.AddressOf(id))))
        .WithEthDestination(new MacAddress(Identity.Destination));

    private byte[] FlowMod(uint id) => FlowMod(id, MatchOf(id));

    private byte[] FlowMod(uint id, Match match) => Write(new FlowMod
    {
        Match = match,
        BufferId = new BufferId(id),
        Actions = ActionList.Output(new PortNumber(2)),
    });

    private byte[] PacketOut(uint? id, uint inPort, byte[] packet)
    {
        var message = new PacketOut
        {
            BufferId = id is { } known ? new BufferId(known) : BufferId.None,
            InPort = new PortNumber(inPort),
            Actions = ActionList.Output(new PortNumber(2)),
            Data = packet,
        };
        var frame = new byte[_codec.SizeOf(message)];
        _codec.Write(frame, default, message);
        return frame;
    }

    private byte[] Write(FlowMod flowMod)
    {
        var frame = new byte[_codec.SizeOf(flowMod)];
        _codec.Write(frame, default, flowMod);
        return frame;
    }

    private byte[] Write(OpenFlowMessage message)
    {
        var frame = new byte[_codec.SizeOf(message)];
        _codec.Write(frame, default, message);
        return frame;
    }
}
