namespace Lime.Apps.Sample.Fuzzing;

/// <summary>A frame that changes its bytes and its length in place.</summary>
internal ref struct MutableFrame
{
    private readonly Span<byte> _room;

    /// <param name="room">The most that it can grow to.</param>
    /// <param name="bytes">What it starts with.</param>
    public MutableFrame(Span<byte> room, ReadOnlySpan<byte> bytes)
    {
        _room = room;
        Length = bytes.Length;
        bytes.CopyTo(room);
    }

    public int Length { get; private set; }

    public readonly Span<byte> Bytes => _room[..Length];

    /// <summary>Cuts it, or adds zeros.</summary>
    public void Resize(int length)
    {
        length = Math.Min(length, _room.Length);
        if (length > Length) _room[Length..length].Clear();
        Length = length;
    }

    /// <summary>Puts a copy of its own bytes between others; what has no room falls off the end.</summary>
    public void Insert(int at, int start, int count)
    {
        count = Math.Min(count, _room.Length - Length);
        Span<byte> copy = count <= 256 ? stackalloc byte[count] : new byte[count];
        _room.Slice(start, count).CopyTo(copy);
        _room[at..Length].CopyTo(_room[(at + count)..]);
        copy.CopyTo(_room[at..]);
        Length += count;
    }

    /// <summary>Takes bytes out.</summary>
    public void Remove(int start, int count)
    {
        _room[(start + count)..Length].CopyTo(_room[start..]);
        Length -= count;
    }

    /// <summary>Keeps a front and goes on with other bytes.</summary>
    public void ReplaceTail(int front, ReadOnlySpan<byte> tail)
    {
        int count = Math.Min(tail.Length, _room.Length - front);
        tail[..count].CopyTo(_room[front..]);
        Length = front + count;
    }
}
