using System.Buffers.Binary;

namespace Lime.Benchmarks.Cbench;

/// <summary>Answers in OpenFlow 1.3.</summary>
/// <remarks><code>
/// flow-mod (1.3.5 section 7.3.4.1)        packet-out (section 7.3.7)
/// 25  command:8                            8  buffer_id:32
/// 32  buffer_id:32                        12  in_port:32
/// 48  match.type:16                       16  actions_len:16   pad:48
/// 50  match.length:16                     24  actions, then the packet
/// 52  match fields (OXM), each with a header: class:16 field:7 hasmask:1 length:8
/// </code></remarks>
internal sealed class AnswerScannerV13() : AnswerScanner(new AnswerLayout(56, 32, 24, 16))
{
    private const uint PortMax = 0xffff_ff00;
    private const int MatchAt = 48;
    private const int FieldsAt = 52;
    private const int FieldHeaderBytes = 4;
    private const uint InPort = 0x8000_0004;
    private const uint Destination = 0x8000_0606;
    private const uint DestinationMasked = 0x8000_070c;
    private const uint Source = 0x8000_0806;
    private const uint SourceMasked = 0x8000_090c;

    protected override int CommandOf(ReadOnlySpan<byte> flowMod) => flowMod[25];

    protected override bool IsFromPort(ReadOnlySpan<byte> packetOut)
    {
        uint inPort = BinaryPrimitives.ReadUInt32BigEndian(packetOut[12..]);
        return inPort == SwitchIdentity.InPort || inPort >= PortMax;
    }

    protected override bool Fits(ReadOnlySpan<byte> flowMod, uint id, AnswerTally tally)
    {
        int end = MatchAt + BinaryPrimitives.ReadUInt16BigEndian(flowMod[(MatchAt + 2)..]);
        if (end > flowMod.Length) return false;
        ReadOnlySpan<byte> fields = end <= FieldsAt ? [] : flowMod[FieldsAt..end];
        ulong source = tally.SourceOf(id);
        while (fields.Length >= FieldHeaderBytes)
        {
            uint header = BinaryPrimitives.ReadUInt32BigEndian(fields);
            int bytes = FieldHeaderBytes + (int)(header & 0xff);
            if (bytes > fields.Length) return false;
            ReadOnlySpan<byte> value = fields[FieldHeaderBytes..bytes];
            if (!Fits(header, value, source, tally.Identity.Destination)) return false;
            fields = fields[bytes..];
        }
        return fields.IsEmpty;
    }

    private static bool Fits(uint header, ReadOnlySpan<byte> value, ulong source, ulong destination) => header switch
    {
        InPort => BinaryPrimitives.ReadUInt32BigEndian(value) == SwitchIdentity.InPort,
        Source => Mac(value) == source,
        Destination => Mac(value) == destination,
        SourceMasked => ((Mac(value) ^ source) & Mac(value[6..])) == 0,
        DestinationMasked => ((Mac(value) ^ destination) & Mac(value[6..])) == 0,
        _ => true,
    };

    private static ulong Mac(ReadOnlySpan<byte> value) =>
        ((ulong)BinaryPrimitives.ReadUInt16BigEndian(value) << 32) | BinaryPrimitives.ReadUInt32BigEndian(value[2..]);
}
