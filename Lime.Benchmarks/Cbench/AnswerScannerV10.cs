using System.Buffers.Binary;

namespace Lime.Benchmarks.Cbench;

/// <summary>Answers in OpenFlow 1.0.</summary>
/// <remarks><code>
/// flow-mod (1.0.0 section 5.3.3)          packet-out (section 5.3.6)
///  8  match.wildcards:32                   8  buffer_id:32
/// 12  match.in_port:16                    12  in_port:16
/// 14  match.dl_src:48                     14  actions_len:16
/// 20  match.dl_dst:48                     16  actions, then the packet
/// 56  command:16
/// 64  buffer_id:32
/// </code></remarks>
internal sealed class AnswerScannerV10() : AnswerScanner(new AnswerLayout(72, 64, 16, 14))
{
    private const ushort PortMax = 0xff00;
    private const uint WildcardInPort = 1;
    private const uint WildcardSource = 1 << 2;
    private const uint WildcardDestination = 1 << 3;
    private const ulong Mac = 0xffff_ffff_ffff;

    protected override int CommandOf(ReadOnlySpan<byte> flowMod) => BinaryPrimitives.ReadUInt16BigEndian(flowMod[56..]);

    protected override bool IsFromPort(ReadOnlySpan<byte> packetOut)
    {
        ushort inPort = BinaryPrimitives.ReadUInt16BigEndian(packetOut[12..]);
        return inPort == SwitchIdentity.InPort || inPort >= PortMax;
    }

    /// <summary>Whether each of the three fields is the packet's, or is not looked at.</summary>
    protected override bool Fits(ReadOnlySpan<byte> flowMod, uint id, AnswerTally tally)
    {
        uint wildcards = BinaryPrimitives.ReadUInt32BigEndian(flowMod[8..]);
        ulong portAndSource = ((ulong)SwitchIdentity.InPort << 48) | tally.SourceOf(id);
        ulong wrong = BinaryPrimitives.ReadUInt64BigEndian(flowMod[12..]) ^ portAndSource;
        ulong wrongDestination = (BinaryPrimitives.ReadUInt64BigEndian(flowMod[20..]) >> 16)
            ^ tally.Identity.Destination;
        if ((wildcards & WildcardInPort) != 0) wrong &= Mac;
        if ((wildcards & WildcardSource) != 0) wrong &= ~Mac;
        if ((wildcards & WildcardDestination) != 0) wrongDestination = 0;
        return (wrong | wrongDestination) == 0;
    }
}
