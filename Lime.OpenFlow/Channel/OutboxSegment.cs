using System.Buffers;

namespace Lime.OpenFlow.Channel;

/// <summary>A pooled piece of the outbox: whole frames, one behind the other.</summary>
internal struct OutboxSegment
{
    /// <summary>The longest frame's size, so that any frame fits an empty segment.</summary>
    private const int BytesMax = 64 * 1024;

    /// <summary>Enough for what a turn usually has to say to one switch; a thousand switches that are answered in
    /// one turn hold one of these each.</summary>
    private const int BytesMin = 4 * 1024;

    private byte[]? _array;

    /// <summary>Bytes written.</summary>
    public int Bytes { get; private set; }

    public readonly ReadOnlyMemory<byte> Memory => _array.AsMemory(0, Bytes);

    public readonly bool HasRoom(int bytes) => _array is not null && _array.Length - Bytes >= bytes;

    /// <summary>A first segment, small if the frame allows.</summary>
    public static OutboxSegment RentFirst(int frameBytes) => Rent(frameBytes <= BytesMin ? BytesMin : BytesMax);

    /// <summary>A segment behind others: there is much to say.</summary>
    public static OutboxSegment RentNext() => Rent(BytesMax);

    public readonly Span<byte> Reserve(int bytes) => _array.AsSpan(Bytes, bytes);

    public void Commit(int bytes) => Bytes += bytes;

    private static OutboxSegment Rent(int bytes) => new() { _array = ArrayPool<byte>.Shared.Rent(bytes) };

    public void Return()
    {
        if (_array is not null) ArrayPool<byte>.Shared.Return(_array);
        this = default;
    }
}
