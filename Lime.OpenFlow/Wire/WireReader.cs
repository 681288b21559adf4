using System.Buffers.Binary;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.OpenFlow.Wire;

/// <summary>Reads big-endian fields one after another from a frame or a part of one.</summary>
/// <remarks>Every read names its field; a read past the end throws <see cref="OpenFlowProtocolException"/>
/// (BAD_REQUEST, BAD_LEN) with that name and the byte offset in the frame. Reads and turns of loops over entries are
/// counted in <see cref="ReaderSteps"/>.</remarks>
internal ref struct WireReader
{
    private readonly ReadOnlySpan<byte> _bytes;
    private int _offset;

    /// <param name="frame">The frame from its header on, so that offsets are the frame's.</param>
    /// <param name="offset">Where to start.</param>
    public WireReader(ReadOnlySpan<byte> frame, int offset = 0)
    {
        _bytes = frame;
        _offset = offset;
    }

    /// <summary>Bytes from the frame's start.</summary>
    public readonly int Offset => _offset;

    public readonly int RemainingBytes => _bytes.Length - _offset;

    /// <summary>Whether anything is left, for a loop over entries: each turn is a step.</summary>
    public readonly bool HasMore()
    {
        if (RemainingBytes == 0) return false;
        ReaderSteps.Add();
        return true;
    }

    /// <summary>Bytes of the next <paramref name="count"/>, which are there, without a step: the length of the slice
    /// that is read next.</summary>
    public readonly ReadOnlySpan<byte> Ahead(int count) => _bytes.Slice(_offset, count);

    public byte ReadUInt8(string field) => ReadBytes(1, field)[0];

    public ushort ReadUInt16(string field) => BinaryPrimitives.ReadUInt16BigEndian(ReadBytes(2, field));

    public uint ReadUInt32(string field) => BinaryPrimitives.ReadUInt32BigEndian(ReadBytes(4, field));

    public ulong ReadUInt64(string field) => BinaryPrimitives.ReadUInt64BigEndian(ReadBytes(8, field));

    public MacAddress ReadMac(string field) => MacAddress.Read(ReadBytes(6, field));

    /// <summary>Text in a field of fixed size: what comes before its first NUL.</summary>
    public string ReadText(int count, string field) => WireText.Read(ReadBytes(count, field));

    public void Skip(int count, string field) => ReadBytes(count, field);

    public ReadOnlySpan<byte> ReadBytes(int count, string field)
    {
        ReaderSteps.Add();
        int start = _offset;
        if ((uint)count > (uint)(_bytes.Length - start)) throw RanOut(count, field);
        _offset = start + count;
        return _bytes.Slice(start, count);
    }

    public ReadOnlySpan<byte> ReadRest() => ReadBytes(RemainingBytes, "rest");

    /// <summary>A reader of the next <paramref name="count"/> bytes only; this one goes on behind
    /// them.</summary>
    public WireReader ReadPart(int count, string field)
    {
        int start = _offset;
        Skip(count, field);
        return new WireReader(_bytes[..(start + count)], start);
    }

    /// <summary>A reader of the next entry only, which has its length, in 16 bits, at byte
    /// <paramref name="lengthAt"/>; this one goes on behind it.</summary>
    /// <exception cref="OpenFlowProtocolException">The entry is shorter than <paramref name="bytesMin"/>, which is at
    /// least 2 so that no loop over entries stands still, or longer than the rest: with <paramref name="fault"/>'s
    /// type and code.</exception>
    public WireReader ReadEntry(int bytesMin, string entry, WireFault fault, int lengthAt = 0)
    {
        int start = _offset;
        int left = RemainingBytes;
        int length = left >= lengthAt + 2 ? BinaryPrimitives.ReadUInt16BigEndian(_bytes[(start + lengthAt)..]) : left;
        bool fits = length >= bytesMin && length <= left;
        return fits
            ? ReadPart(length, entry)
            : throw fault.Exception(
                $"{entry} at byte {start} has a length of {length}: {bytesMin} to {left} would fit.");
    }

    /// <summary>How many entries of <paramref name="entryBytes"/> fill the rest exactly; each is a turn of the loop
    /// that reads them.</summary>
    /// <exception cref="OpenFlowProtocolException">A piece of an entry is left over.</exception>
    public readonly int CountEntries(int entryBytes, string field)
    {
        (int count, int leftOver) = int.DivRem(RemainingBytes, entryBytes);
        ReaderSteps.Add(count);
        return leftOver == 0 ? count : throw BadLength(
            $"{field} at byte {_offset}: {RemainingBytes} bytes are not a multiple of {entryBytes}.");
    }

    /// <summary>Checks that nothing is left.</summary>
    /// <exception cref="OpenFlowProtocolException">The message is longer than its type allows.</exception>
    public readonly void ExpectEnd(byte type)
    {
        if (RemainingBytes != 0)
            throw BadLength($"The message of type {type} ends at byte {_offset}, but {RemainingBytes} bytes follow.");
    }

    /// <summary>The error for a length that does not fit.</summary>
    public static OpenFlowProtocolException BadLength(string message) =>
        new(ErrorType.BadRequest, ErrorCodes.BadLength, message);

    private readonly OpenFlowProtocolException RanOut(int count, string field) =>
        BadLength($"{field} at byte {_offset} needs {count} bytes, but {RemainingBytes} are left.");
}
