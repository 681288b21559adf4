using System.IO.Pipelines;

namespace Lime.OpenFlow.Transport;

/// <summary>A pair of connected transports without a network: what one end writes the other reads.</summary>
/// <remarks>Threading: each end's continuations run on its own scheduler, so with both on one event loop a
/// run is deterministic. Back-pressure is that of a socket: a writer whose peer does not read is
/// paused.</remarks>
public static class InMemoryTransport
{
    /// <summary>Bytes in flight in one direction before the writer is paused; about what a socket's
    /// buffers hold.</summary>
    public const int PauseBytes = 256 * 1024;

    private const int ResumeBytes = PauseBytes / 2;

    /// <summary>Large enough for a turn's messages, small enough for thousands of emulated
    /// switches.</summary>
    private const int SegmentBytes = 16 * 1024;

    /// <summary>Makes a connected pair.</summary>
    /// <param name="a">Where the first end lives.</param>
    /// <param name="b">Where the second end lives.</param>
    public static (IDuplexPipe A, IDuplexPipe B) CreatePair(PipeScheduler a, PipeScheduler b)
    {
        Pipe fromAToB = CreatePipe(a, b);
        Pipe fromBToA = CreatePipe(b, a);
        return (
            new PipePair(fromBToA.Reader, fromAToB.Writer),
            new PipePair(fromAToB.Reader, fromBToA.Writer));
    }

    internal static Pipe CreatePipe(PipeScheduler writer, PipeScheduler reader) => new(new PipeOptions(
        readerScheduler: reader,
        writerScheduler: writer,
        pauseWriterThreshold: PauseBytes,
        resumeWriterThreshold: ResumeBytes,
        minimumSegmentSize: SegmentBytes,
        useSynchronizationContext: false));
}
