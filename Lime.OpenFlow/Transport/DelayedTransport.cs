using System.IO.Pipelines;

namespace Lime.OpenFlow.Transport;

/// <summary>A connected in-memory pair whose bytes take time: an emulated control channel.</summary>
/// <remarks>Threading: everything runs on the one scheduler and on the clock's timers, so in an event
/// loop's virtual time a delay is exact and a run deterministic.</remarks>
public static class DelayedTransport
{
    /// <summary>Makes a connected pair, both ends on one loop.</summary>
    /// <param name="scheduler">Where both ends and the delays live.</param>
    /// <param name="time">Clock and timers of that loop.</param>
    /// <param name="delayPerChunk">The delay of the next chunk of bytes (what one flush wrote), either
    /// way. Later bytes never overtake earlier ones, whatever it gives; the end of the stream is delayed
    /// too.</param>
    public static (IDuplexPipe A, IDuplexPipe B) CreatePair(
        PipeScheduler scheduler,
        TimeProvider time,
        Func<TimeSpan> delayPerChunk)
    {
        (PipeWriter toB, PipeReader fromA) = CreateLine(scheduler, time, delayPerChunk);
        (PipeWriter toA, PipeReader fromB) = CreateLine(scheduler, time, delayPerChunk);
        return (new PipePair(fromB, toB), new PipePair(fromA, toA));
    }

    private static (PipeWriter In, PipeReader Out) CreateLine(
        PipeScheduler scheduler,
        TimeProvider time,
        Func<TimeSpan> delayPerChunk)
    {
        Pipe near = InMemoryTransport.CreatePipe(scheduler, scheduler);
        Pipe far = InMemoryTransport.CreatePipe(scheduler, scheduler);
        var line = new DelayLine(near.Reader, far.Writer, time, delayPerChunk);
        line.Start();
        return (near.Writer, far.Reader);
    }
}
