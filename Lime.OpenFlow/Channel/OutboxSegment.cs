using System.Buffers;

namespace Lime.OpenFlow.Channel;

/// <summary>A pooled piece of the outbox: whole frames, one behind the other.</summary>
internal struct OutboxSegment
{
    /// <summary>The longest frame's size, so that any frame fits an empty segment.</summary>
    private const int SegmentBytes = 64 * 1024;

    private byte[]? _array;

    /// <summary>Bytes written.</summary>
    public int Bytes { get; private set; }

    public readonly ReadOnlyMemory<byte> Memory => _array.AsMemory(0, Bytes);

    public readonly bool HasRoom(int bytes) => _array is not null && _array.Length - Bytes >= bytes;

    public static OutboxSegment Rent() => new() { _array = ArrayPool<byte>.Shared.Rent(SegmentBytes) };

    public readonly Span<byte> Reserve(int bytes) => _array.AsSpan(Bytes, bytes);

    public void Commit(int bytes) => Bytes += bytes;

    public void Return()
    {
        if (_array is not null) ArrayPool<byte>.Shared.Return(_array);
        this = default;
    }
}
