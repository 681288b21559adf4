using System.IO.Pipelines;

namespace Lime.OpenFlow.Transport;

/// <summary>How TCP connections are buffered and accepted.</summary>
/// <remarks>Threading: immutable.</remarks>
public sealed record TcpTransportOptions
{
    /// <summary>A send takes several segments at once, so larger ones gain nothing.</summary>
    private const int SendSegmentBytes = 8 * 1024;

    /// <summary>Settings for throughput with some thousand connections.</summary>
    public static TcpTransportOptions Default { get; } = new();

    /// <summary>The size of a busy connection's buffer segments in bytes, 4 KiB to 1 MiB; one receive fills at
    /// most one segment.</summary>
    public int SegmentBytes { get; init; } = 64 * 1024;

    /// <summary>The size in bytes of the segment that a quiet connection waits with, 1 KiB to
    /// <see cref="SegmentBytes"/>: what each of thousands of idle switches costs.</summary>
    public int IdleSegmentBytes { get; init; } = 4 * 1024;

    /// <summary>Received bytes that wait to be read before the socket is no longer read, 128 KiB to 1
    /// GiB.</summary>
    /// <remarks>What waits here has left the processor's caches before it is read; the kernel keeps it as
    /// well.</remarks>
    public int ReceiveBytesMax { get; init; } = 128 * 1024;

    /// <summary>Bytes that wait to be sent before a flush waits, 128 KiB to 1 GiB.</summary>
    public int SendBytesMax { get; init; } = 256 * 1024;

    /// <summary>Where socket operations continue; inline saves a thread hop per receive and send.</summary>
    public PipeScheduler SocketScheduler { get; init; } = PipeScheduler.Inline;

    /// <summary>How long a closed connection may take to send what it has, 0 to 1 min; then it is
    /// cut.</summary>
    public TimeSpan LingerTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Connections the kernel holds for a listener until it accepts them, 1 to 65,535.</summary>
    public int Backlog { get; init; } = 4096;

    /// <summary>How long a listener pauses when accepting fails (out of file descriptors), 1 ms to 1
    /// min.</summary>
    public TimeSpan AcceptPause { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Checks every setting against its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range; names it.</exception>
    public void Validate()
    {
        CheckCount(SegmentBytes, 4096, 1 << 20, nameof(SegmentBytes));
        CheckCount(IdleSegmentBytes, 1024, SegmentBytes, nameof(IdleSegmentBytes));
        CheckCount(ReceiveBytesMax, 128 * 1024, 1 << 30, nameof(ReceiveBytesMax));
        CheckCount(SendBytesMax, 128 * 1024, 1 << 30, nameof(SendBytesMax));
        CheckCount(Backlog, 1, ushort.MaxValue, nameof(Backlog));
        CheckTime(LingerTimeout, TimeSpan.Zero, nameof(LingerTimeout));
        CheckTime(AcceptPause, TimeSpan.FromMilliseconds(1), nameof(AcceptPause));
    }

    /// <remarks>An idle send pipe holds no segment, but thousands may send at once.</remarks>
    internal PipeOptions SendPipe(PipeScheduler loop) => new(
        readerScheduler: SocketScheduler,
        writerScheduler: loop,
        pauseWriterThreshold: SendBytesMax,
        resumeWriterThreshold: SendBytesMax / 2,
        minimumSegmentSize: Math.Min(SegmentBytes, SendSegmentBytes),
        useSynchronizationContext: false);

    internal ReceiveSegments ReceiveSegments() =>
        new(IdleSegmentBytes, SegmentBytes, static () => Environment.TickCount64);

    internal PipeOptions ReceivePipe(PipeScheduler loop, ReceiveSegments segments) => new(
        pool: segments,
        readerScheduler: loop,
        writerScheduler: SocketScheduler,
        pauseWriterThreshold: ReceiveBytesMax,
        resumeWriterThreshold: ReceiveBytesMax / 2,
        minimumSegmentSize: IdleSegmentBytes,
        useSynchronizationContext: false);

    private static void CheckCount(int value, int least, int most, string name)
    {
        if (value < least || value > most)
            throw new ArgumentOutOfRangeException(
                name,
                value,
                $"{name} has to lie between {least} and {most}.");
    }

    private static void CheckTime(TimeSpan value, TimeSpan least, string name)
    {
        if (value < least || value > TimeSpan.FromMinutes(1))
            throw new ArgumentOutOfRangeException(
                name,
                value,
                $"{name} has to lie between {least} and 1 min.");
    }
}
