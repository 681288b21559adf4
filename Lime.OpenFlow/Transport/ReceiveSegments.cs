using System.Buffers;

namespace Lime.OpenFlow.Transport;

/// <summary>The segments that one connection receives into: small while little comes, large while much
/// does.</summary>
/// <remarks>A connection always holds one segment, for what may come next: with 64 KiB each, 10,000 idle
/// switches would cost 640 MB. A segment that was filled within <see cref="BusyMs"/> is followed by one four
/// times its size; one of which not even a quarter was used, by one of a quarter of its size; the first one after a
/// pause is the smallest. That a segment is given back says nothing of how much came: a reader that runs within the
/// flush gives back each one, be there but one message in it.
/// Threading: the pipe's writer, one call at a time.</remarks>
/// <param name="bytesMin">The smallest segment.</param>
/// <param name="bytesMax">The largest one.</param>
/// <param name="nowMs">The time.</param>
internal sealed class ReceiveSegments(int bytesMin, int bytesMax, Func<long> nowMs) : MemoryPool<byte>
{
    /// <summary>4 KiB in this time is the traffic of a switch that sends 50 packet-ins a second. Of a thousand switches
    /// that are busy at once each is heard so rarely; then above all it has to be worth it.</summary>
    private const long BusyMs = 1000;

    private const int Step = 4;

    private volatile Func<long>? _receivedBytes;
    private int _bytes;
    private long _rentedMs = long.MinValue / 2;
    private long _receivedBefore;

    public override int MaxBufferSize => Shared.MaxBufferSize;

    /// <summary>What the connection has received in all; set once it is there, and the smallest are given until
    /// then.</summary>
    public Func<long> ReceivedBytes
    {
        set => _receivedBytes = value;
    }

    public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
    {
        long now = nowMs();
        long received = _receivedBytes?.Invoke() ?? 0;
        bool isBusy = now - _rentedMs <= BusyMs;
        _bytes = isBusy ? BytesAfter(received - _receivedBefore) : bytesMin;
        _rentedMs = now;
        _receivedBefore = received;
        return Shared.Rent(Math.Max(_bytes, minBufferSize));
    }

    protected override void Dispose(bool disposing)
    {
    }

    private int BytesAfter(long usedBytes)
    {
        if (usedBytes >= _bytes) return Math.Min(_bytes * Step, bytesMax);
        return usedBytes * Step >= _bytes ? _bytes : Math.Max(_bytes / Step, bytesMin);
    }
}
