using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using Lime.Core.Hosting;
using Lime.OpenFlow.Transport;

namespace Lime.Tests.Exploration;

/// <summary>A control channel whose messages arrive one by one, when they are told to.</summary>
/// <remarks>Threading: the loop's.</remarks>
internal sealed class GatedControl
{
    private const int LengthAt = 2;

    /// <summary>Thousands of runs have sixteen pipes each, with little in them.</summary>
    private const int SegmentBytes = 1024;

    /// <param name="name">Of the switch.</param>
    /// <param name="isWhole">Whether what one flush wrote arrives together, rather than message by message.</param>
    /// <param name="loop">Where both ends live.</param>
    /// <param name="clock">Tells the step.</param>
    public GatedControl(string name, bool isWhole, EventLoop loop, StepClock clock)
    {
        Pipe[] pipes = [.. Enumerable.Range(0, 4)
            .Select(_ => new Pipe(new PipeOptions(
                readerScheduler: loop.Scheduler, writerScheduler: loop.Scheduler,
                minimumSegmentSize: SegmentBytes, useSynchronizationContext: false)))];
        ToSwitch = new FrameQueue($"Lime>{name}", clock, bytes => Write(pipes[1].Writer, bytes));
        ToLime = new FrameQueue($"{name}>Lime", clock, bytes => Write(pipes[3].Writer, bytes));
        LimeEnd = new PipePair(pipes[3].Reader, pipes[0].Writer);
        SwitchEnd = new PipePair(pipes[1].Reader, pipes[2].Writer);
        loop.Post(() =>
        {
            _ = TakeAsync(pipes[0].Reader, ToSwitch, isWhole);
            _ = TakeAsync(pipes[2].Reader, ToLime, isWhole);
        });
    }

    public IDuplexPipe LimeEnd { get; }

    public IDuplexPipe SwitchEnd { get; }

    public FrameQueue ToSwitch { get; }

    public FrameQueue ToLime { get; }

    private static async Task TakeAsync(PipeReader from, FrameQueue into, bool isWhole)
    {
        while (true)
        {
            ReadResult result = await from.ReadAsync();
            byte[] bytes = result.Buffer.ToArray();
            from.AdvanceTo(result.Buffer.End);
            if (isWhole && bytes.Length > 0) into.Send(bytes);
            for (int at = 0; !isWhole && at < bytes.Length;)
            {
                int length = BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(at + LengthAt));
                into.Send(bytes[at..(at + length)]);
                at += length;
            }
            if (result.IsCompleted) return;
        }
    }

    /// <summary>Done at once: a pipe of ours never holds so much that a writer has to wait.</summary>
    private static void Write(PipeWriter to, byte[] bytes)
    {
        ValueTask<FlushResult> written = to.WriteAsync(bytes);
        if (!written.IsCompleted) throw new InvalidOperationException("A pipe is full.");
        written.GetAwaiter().GetResult();
    }
}
