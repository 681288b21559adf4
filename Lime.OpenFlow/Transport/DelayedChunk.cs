using System.Buffers;

namespace Lime.OpenFlow.Transport;

/// <summary>Bytes on their way through a <see cref="DelayLine"/>, or (no bytes) the end of the
/// stream.</summary>
internal readonly record struct DelayedChunk(byte[]? Array, int Bytes, TimeSpan Due)
{
    public bool IsEnd => Array is null;

    public ReadOnlyMemory<byte> Memory => Array.AsMemory(0, Bytes);

    public static DelayedChunk Copy(in ReadOnlySequence<byte> bytes, TimeSpan due)
    {
        byte[] array = ArrayPool<byte>.Shared.Rent((int)bytes.Length);
        bytes.CopyTo(array);
        return new DelayedChunk(array, (int)bytes.Length, due);
    }

    public void Return()
    {
        if (Array is not null) ArrayPool<byte>.Shared.Return(Array);
    }
}
