using System.Buffers.Binary;
using Lime.OpenFlow;

namespace Lime.Benchmarks.Cbench;

/// <summary>Finds the answers in received bytes by their headers, and checks that each fits the packet-in that it
/// answers.</summary>
/// <remarks>Reads the few fields that it needs where they are, with nothing of the library that may be measured.
/// Threading: immutable.</remarks>
/// <param name="layout">Where its version puts what both have.</param>
internal abstract class AnswerScanner(AnswerLayout layout)
{
    private const uint NoBuffer = 0xffff_ffff;
    private const int CommandAdd = 0;
    private const int CommandModifyStrict = 2;
    private const int CommandDelete = 3;
    private const int PacketOutBufferAt = 8;

    private const int HeaderBytes = 8;
    private const int TypeError = 1;
    private const int TypePacketOut = 13;
    private const int TypeFlowMod = 14;
    private const ushort EthTypeVlan = 0x8100;
    private const ushort EthTypeLldp = 0x88cc;
    private const int EthTypeAt = 12;

    private static readonly Dictionary<OpenFlowVersion, AnswerScanner> All = new()
    {
        [OpenFlowVersion.V10] = new AnswerScannerV10(),
        [OpenFlowVersion.V13] = new AnswerScannerV13(),
    };

    public static AnswerScanner For(OpenFlowVersion version) => All[version];

    /// <summary>Takes every whole message.</summary>
    /// <returns>How many bytes they were.</returns>
    /// <exception cref="InvalidDataException">A length below 8: where messages begin is not known any
    /// more.</exception>
    public int Scan(ReadOnlySpan<byte> received, AnswerTally tally)
    {
        int at = 0;
        while (received.Length - at >= HeaderBytes)
        {
            uint start = BinaryPrimitives.ReadUInt32BigEndian(received[at..]);
            int bytes = (int)(start & 0xffff);
            if (bytes < HeaderBytes) throw new InvalidDataException("The controller's framing is lost.");
            if (received.Length - at < bytes) break;
            ReadOnlySpan<byte> frame = received.Slice(at, bytes);
            int type = (int)((start >> 16) & 0xff);
            if (type == TypeFlowMod) TakeFlowMod(frame, tally);
            else if (type == TypePacketOut) TakePacketOut(frame, tally);
            else TakeOther(type, frame, tally);
            at += bytes;
        }
        return at;
    }

    /// <summary>The command of a flow-mod that is long enough.</summary>
    protected abstract int CommandOf(ReadOnlySpan<byte> flowMod);

    /// <summary>Whether each of the fields that a flow-mod matches is the packet's.</summary>
    protected abstract bool Fits(ReadOnlySpan<byte> flowMod, uint id, AnswerTally tally);

    /// <summary>Whether a packet-out that is long enough names the packet's port, or none.</summary>
    protected abstract bool IsFromPort(ReadOnlySpan<byte> packetOut);

    private void TakeFlowMod(ReadOnlySpan<byte> frame, AnswerTally tally)
    {
        tally.FlowMods++;
        if (frame.Length < layout.FlowModBytesMin)
        {
            tally.Wrong++;
            return;
        }
        int command = CommandOf(frame);
        if (command is CommandAdd or CommandModifyStrict) tally.Responses++;
        uint id = BinaryPrimitives.ReadUInt32BigEndian(frame[layout.FlowModBufferAt..]);
        if (id == NoBuffer) tally.Unattributed++;
        else tally.Answer(id, command < CommandDelete && Fits(frame, id, tally));
    }

    private void TakePacketOut(ReadOnlySpan<byte> frame, AnswerTally tally)
    {
        if (frame.Length < layout.PacketOutBytesMin)
        {
            tally.Wrong++;
            return;
        }
        int packetAt = layout.PacketOutBytesMin + BinaryPrimitives.ReadUInt16BigEndian(frame[layout.ActionsBytesAt..]);
        bool isWhole = packetAt <= frame.Length;
        ReadOnlySpan<byte> packet = isWhole ? frame[packetAt..] : [];
        if (IsLldp(packet)) return;
        uint bufferId = BinaryPrimitives.ReadUInt32BigEndian(frame[PacketOutBufferAt..]);
        bool fits = isWhole && IsFromPort(frame);
        tally.Responses++;
        tally.PacketOuts++;
        if (bufferId != NoBuffer) tally.Answer(bufferId, fits);
        else if (MarkOf(packet, tally.Identity) is { } id) tally.Answer(id, fits && IsPacketOf(id, packet, tally));
        else tally.Unattributed++;
    }

    private static void TakeOther(int type, ReadOnlySpan<byte> frame, AnswerTally tally)
    {
        if (type == TypeError) tally.Errors++;
        else tally.Control(frame);
    }

    private static bool IsLldp(ReadOnlySpan<byte> packet)
    {
        int at = EthTypeAt;
        if (packet.Length >= at + 6 && BinaryPrimitives.ReadUInt16BigEndian(packet[at..]) == EthTypeVlan) at += 4;
        return packet.Length >= at + 2 && BinaryPrimitives.ReadUInt16BigEndian(packet[at..]) == EthTypeLldp;
    }

    /// <summary>The id in a packet of ours; null for another packet.</summary>
    private static uint? MarkOf(ReadOnlySpan<byte> packet, in SwitchIdentity identity)
    {
        bool isOurs = packet.Length >= PacketInTemplate.MarkAt + 4
            && BinaryPrimitives.ReadUInt64BigEndian(packet) >> 16 == identity.Destination;
        return isOurs ? BinaryPrimitives.ReadUInt32BigEndian(packet[PacketInTemplate.MarkAt..]) : null;
    }

    private static bool IsPacketOf(uint id, ReadOnlySpan<byte> packet, AnswerTally tally) =>
        BinaryPrimitives.ReadUInt64BigEndian(packet[4..]) << 16 == tally.SourceOf(id) << 16;
}
