using System.Buffers;

namespace Lime.OpenFlow.Transport;

/// <summary>The segments that one connection receives into: small while little comes, large while much
/// does.</summary>
/// <remarks>A connection always holds one segment, for what may come next: with 64 KiB each, 10,000 idle
/// switches would cost 640 MB. A segment that was filled within <see cref="BusyMs"/> is followed by one four
/// times its size, any other by the smallest.
/// Threading: the pipe's writer, one call at a time.</remarks>
internal sealed class ReceiveSegments(int bytesMin, int bytesMax) : MemoryPool<byte>
{
    /// <summary>4 KiB in this time is the traffic of a switch that sends 50 packet-ins a second. Of a thousand switches
    /// that are busy at once each is heard so rarely; then above all it has to be worth it.</summary>
    private const long BusyMs = 1000;

    private const int Growth = 4;

    private int _bytes;
    private long _rentedMs = long.MinValue / 2;

    public override int MaxBufferSize => Shared.MaxBufferSize;

    public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
    {
        long nowMs = Environment.TickCount64;
        bool isBusy = nowMs - _rentedMs <= BusyMs;
        _rentedMs = nowMs;
        _bytes = isBusy ? Math.Min(_bytes * Growth, bytesMax) : bytesMin;
        return Shared.Rent(Math.Max(_bytes, minBufferSize));
    }

    protected override void Dispose(bool disposing)
    {
    }
}
