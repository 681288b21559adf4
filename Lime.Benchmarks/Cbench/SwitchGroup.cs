using System.Collections.Concurrent;
using System.Diagnostics;
using Lime.Benchmarks.Sockets;

namespace Lime.Benchmarks.Cbench;

/// <summary>The switches of one thread, and its loop over them.</summary>
/// <remarks>
/// In throughput mode it sleeps when nothing can be read or written. In the other modes it polls without a pause, as
/// the original does: a latency must not contain the generator's own waking up.
/// Life cycle: <see cref="Run"/> once, on the thread. Threading: what is public and can be set may be set by another.
/// </remarks>
internal sealed class SwitchGroup(CbenchMode mode, int window, PacketInTemplate template)
{
    /// <summary>About 400 packet-ins: a system call's cost is divided by many, and the block stays in the core's own
    /// cache.</summary>
    private const int BlockBytes = 32 * 1024;

    private const int ReceiveBytes = 128 * 1024 + GeneratedSwitch.RestBytesMax;
    private const int IdleWaitMs = 5;

    /// <summary>How long one packet-in at a time is waited for; then it is taken for lost and another is
    /// sent.</summary>
    private static readonly long LostTicks = Stopwatch.Frequency;

    private readonly byte[] _block = template.CreateBlock(BlockBytes);
    private readonly byte[] _buffer = new byte[ReceiveBytes];
    private readonly SocketPoll _poll = new();
    private readonly ConcurrentQueue<GeneratedSwitch> _arrivals = new();
    private readonly List<GeneratedSwitch> _switches = [];
    private volatile CbenchStage _stage = CbenchStage.Introducing;

    /// <summary>What to do now; stages only go forward.</summary>
    public CbenchStage Stage
    {
        get => _stage;
        set => _stage = value;
    }

    /// <summary>What ended the loop, if something went wrong.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>Gives it another switch.</summary>
    public void Add(GeneratedSwitch arrival) => _arrivals.Enqueue(arrival);

    /// <summary>Runs until <see cref="CbenchStage.Over"/>.</summary>
    public void Run()
    {
        try
        {
            while (_stage != CbenchStage.Over) Turn(_stage);
        }
        catch (Exception exception)
        {
            Fault = exception;
        }
    }

    private void Turn(CbenchStage stage)
    {
        while (_arrivals.TryDequeue(out GeneratedSwitch? arrival))
        {
            _poll.Add(arrival.Socket);
            _switches.Add(arrival);
        }
        bool isFilling = stage == CbenchStage.Sending && mode == CbenchMode.Throughput && window == 0;
        for (int i = 0; i < _switches.Count; i++)
        {
            if (_switches[i].Failure is null) _poll.WatchWriting(i, isFilling || _switches[i].IsBlocked);
        }
        bool isSpinning = stage == CbenchStage.Sending && mode != CbenchMode.Throughput;
        _poll.Wait(isSpinning ? 0 : IdleWaitMs);
        for (int i = 0; i < _switches.Count; i++)
        {
            GeneratedSwitch each = _switches[i];
            if (each.Failure is not null) continue;
            if (_poll.IsReadable(i)) each.Receive(_buffer);
            bool mayWrite = !(isFilling || each.IsBlocked) || _poll.IsWritable(i);
            if (mayWrite && each.Failure is null) Send(each, stage);
            if (each.Failure is not null) _poll.Remove(i);
        }
    }

    private void Send(GeneratedSwitch each, CbenchStage stage)
    {
        if (stage == CbenchStage.Teaching) each.Teach();
        each.Send(_block, stage == CbenchStage.Sending ? UntilId(each.Tally) : 0);
    }

    /// <summary>The id after the last that may be sent now.</summary>
    private long UntilId(AnswerTally tally)
    {
        if (mode == CbenchMode.Throughput) return window == 0 ? long.MaxValue : tally.Finished + window + 1;
        if (mode == CbenchMode.OpenLoop) return tally.Schedule!.CountAt(Stopwatch.GetTimestamp()) + 1;
        bool isWaiting = tally.Sent > 0 && !tally.HasResponse
            && Stopwatch.GetTimestamp() - tally.SentTicks < LostTicks;
        if (isWaiting) return 0;
        tally.Sending();
        return tally.Sent + 2L;
    }
}
