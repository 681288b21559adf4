using System.Buffers.Binary;
using Lime.OpenFlow.Identifiers;

namespace Lime.OpenFlow.Wire;

/// <summary>Writes big-endian fields one after another to a frame.</summary>
/// <remarks>A write past the end throws <see cref="ArgumentException"/>: the caller gave too little
/// room.</remarks>
internal ref struct WireWriter
{
    private readonly Span<byte> _bytes;
    private int _offset;

    /// <param name="frame">The frame from its header on.</param>
    /// <param name="offset">Where to start.</param>
    public WireWriter(Span<byte> frame, int offset = 0)
    {
        _bytes = frame;
        _offset = offset;
    }

    /// <summary>Bytes written.</summary>
    public readonly int Offset => _offset;

    public void WriteUInt8(byte value) => Take(1)[0] = value;

    public void WriteUInt16(ushort value) => BinaryPrimitives.WriteUInt16BigEndian(Take(2), value);

    public void WriteUInt32(uint value) => BinaryPrimitives.WriteUInt32BigEndian(Take(4), value);

    public void WriteUInt64(ulong value) => BinaryPrimitives.WriteUInt64BigEndian(Take(8), value);

    /// <summary>The lower <paramref name="count"/> bytes (8 at most) of <paramref name="value"/>.</summary>
    public void WriteNumber(ulong value, int count)
    {
        Span<byte> bytes = Take(count);
        for (int i = count - 1; i >= 0; i--, value >>= 8) bytes[i] = (byte)value;
    }

    public void WriteMac(MacAddress address) => address.Write(Take(6));

    /// <summary>Text in a field of fixed size, filled up with zeros.</summary>
    public void WriteText(string text, int count) => WireText.Write(text, Take(count));

    public void Skip(int count) => Take(count);

    public void WriteZeros(int count) => Take(count).Clear();

    public void WriteBytes(scoped ReadOnlySpan<byte> bytes) => bytes.CopyTo(Take(bytes.Length));

    /// <summary>The next <paramref name="count"/> bytes, for the caller to fill.</summary>
    public Span<byte> Take(int count)
    {
        Span<byte> taken = _bytes.Slice(_offset, count);
        _offset += count;
        return taken;
    }
}
