using System.Diagnostics;
using System.Net.Sockets;
using Lime.Apps.Sample.Commands;
using Lime.Benchmarks.Processes;
using Lime.OpenFlow.Identifiers;

namespace Lime.Benchmarks.Cbench;

/// <summary>One test: connects the switches, sends, and counts in windows.</summary>
/// <remarks>
/// Unlike the original it doesn't stop between two windows: they are cuts in one stream, so each begins as loaded as it
/// ends. Life cycle: <see cref="RunAsync"/> once. Threading: the switches' threads are its own; everything else happens
/// on the caller's context.
/// </remarks>
internal sealed class CbenchRun(CbenchOptions options, Action<string> progress, Action<CbenchWindow> windowEnded)
{
    private static readonly TimeSpan IntroductionMax = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    private readonly PacketInTemplate _template = PacketInTemplate.Of(options.Version);
    private readonly List<GeneratedSwitch> _switches = [];
    private readonly List<CbenchWindow> _windows = [];
    private SwitchGroup[] _groups = [];
    private LatencyHistogram[] _latencies = [];
    private TimeSpan _cpuBefore;
    private TimeSpan _cpuAfter;

    /// <summary>Runs it with this many switches.</summary>
    /// <exception cref="CommandFailedException">Nobody listens, or the switches aren't taken.</exception>
    public async Task<CbenchResult> RunAsync(int switchCount, CancellationToken stop)
    {
        int threads = Math.Min(options.Threads, switchCount);
        _groups = [.. Enumerable.Range(0, threads)
            .Select(_ => new SwitchGroup(options.Mode, options.Window, _template))];
        _latencies = [.. _groups.Select(_ => new LatencyHistogram())];
        Thread[] running = [.. _groups.Select((group, index) =>
            new Thread(group.Run) { IsBackground = true, Name = $"cbench {index}" })];
        foreach (Thread each in running) each.Start();
        using ControllerProcess? controller = options.ProcessId is { } id ? ControllerProcess.Attach(id) : null;
        try
        {
            await ConnectAsync(switchCount, stop);
            await IntroduceAsync(stop);
            await MeasureAsync(controller, stop);
            await DrainAsync(stop);
        }
        finally
        {
            Go(CbenchStage.Over);
            foreach (Thread each in running) each.Join();
            foreach (GeneratedSwitch each in _switches) each.Dispose();
        }
        return Summarise(controller is null ? null : await controller.FinishAsync());
    }

    private async Task ConnectAsync(int switchCount, CancellationToken stop)
    {
        for (int i = 0; i < switchCount; i++)
        {
            bool isPause = options.ConnectDelayMs > 0 && i > 0 && i % options.ConnectGroupSize == 0;
            if (isPause) await Task.Delay(options.ConnectDelayMs, stop);
            GeneratedSwitch added = Connect(i);
            _switches.Add(added);
            _groups[i % _groups.Length].Add(added);
        }
    }

    private GeneratedSwitch Connect(int index)
    {
        ulong datapath = (ulong)(options.DatapathOffset + index);
        var identity = new SwitchIdentity((uint)datapath, (uint)options.Addresses);
        var tally = new AnswerTally(identity)
        {
            Latencies = options.Mode == CbenchMode.Throughput ? null : _latencies[index % _groups.Length],
        };
        try
        {
            return new GeneratedSwitch(options, _template, tally, new DatapathId(datapath));
        }
        catch (SocketException exception)
        {
            throw new CommandFailedException(
                $"Switch {index + 1} could not connect to {options.Host}:{options.Port}: {exception.Message}.");
        }
    }

    private async Task IntroduceAsync(CancellationToken stop)
    {
        long start = Stopwatch.GetTimestamp();
        while (_switches.Exists(each => !each.IsIntroduced))
        {
            int introduced = _switches.Count(each => each.IsIntroduced);
            ThrowIfBroken();
            if (Stopwatch.GetElapsedTime(start) > IntroductionMax)
            {
                throw new CommandFailedException(
                    $"The controller asked for the features of {introduced} of {_switches.Count} switches only.");
            }
            await Task.Delay(Step, stop);
        }
        progress($"{_switches.Count} switches connected and known after "
            + $"{Stopwatch.GetElapsedTime(start).TotalMilliseconds:F0} ms");
        await Task.Delay(options.DelayMs, stop);
        if (options.LearnsDestinations) Go(CbenchStage.Teaching);
        await Task.Delay(Settling, stop);
    }

    private async Task MeasureAsync(ControllerProcess? controller, CancellationToken stop)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < _switches.Count && options.Mode == CbenchMode.OpenLoop; i++)
            _switches[i].Tally.Schedule = new SendSchedule(start, options.Rate, i, _switches.Count);
        long[] before = Responses();
        long answered = Answered();
        Go(CbenchStage.Sending);
        for (int loop = 0; loop < options.Loops; loop++)
        {
            if (loop == options.Warmup) Record(true, controller);
            if (loop == options.Loops - options.Cooldown) Record(false, controller);
            await Task.Delay(options.MsPerTest, stop);
            long now = Stopwatch.GetTimestamp();
            long[] after = Responses();
            long answeredNow = Answered();
            var window = new CbenchWindow(
                DateTime.Now,
                Stopwatch.GetElapsedTime(start, now).TotalMilliseconds,
                [.. after.Zip(before, (to, from) => to - from)],
                answeredNow - answered);
            _windows.Add(window);
            windowEnded(window);
            controller?.Sample();
            ThrowIfBroken();
            (start, before, answered) = (now, after, answeredNow);
        }
        if (options.Cooldown == 0) Record(false, controller);
    }

    private void Record(bool isOn, ControllerProcess? controller)
    {
        long from = isOn ? Stopwatch.GetTimestamp() : long.MaxValue;
        foreach (GeneratedSwitch each in _switches) each.Tally.RecordFromTicks = from;
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        (_cpuBefore, _cpuAfter) = isOn ? (cpu, cpu) : (_cpuBefore, cpu);
        if (isOn) controller?.Begin();
        else controller?.End();
    }

    private async Task DrainAsync(CancellationToken stop)
    {
        Go(CbenchStage.Draining);
        long start = Stopwatch.GetTimestamp();
        do
        {
            await Task.Delay(Step, stop);
        }
        while (Stopwatch.GetElapsedTime(start) < options.Drain
            && _switches.Exists(each => each.Failure is null && each.Tally.Answered < each.Tally.Sent));
    }

    private void ThrowIfBroken()
    {
        Exception? fault = _groups.Select(each => each.Fault).FirstOrDefault(each => each is not null);
        if (fault is not null) throw new CommandFailedException($"The generator failed: {fault.Message}");
        if (_switches.TrueForAll(each => each.Failure is not null))
            throw new CommandFailedException($"Every switch lost its connection: {_switches[0].Failure}.");
    }

    private void Go(CbenchStage stage)
    {
        foreach (SwitchGroup each in _groups) each.Stage = stage;
    }

    private long[] Responses() => [.. _switches.Select(each => each.Tally.Responses)];

    private long Answered() => _switches.Sum(each => each.Tally.Answered);

    private CbenchResult Summarise(ProcessCost? cost)
    {
        var latencies = new LatencyHistogram();
        foreach (LatencyHistogram each in _latencies) latencies.Add(each);
        return new CbenchResult
        {
            Switches = _switches.Count,
            Counted = _windows[options.Warmup..^options.Cooldown],
            Totals = CbenchTotals.Of([.. _switches.Select(each => each.Tally)]),
            Latency = options.Mode == CbenchMode.Throughput ? null : LatencySummary.Of(latencies),
            Controller = cost,
            GeneratorCpuSeconds = (_cpuAfter - _cpuBefore).TotalSeconds,
            Failures = [.. _switches.Select(each => each.Failure).OfType<string>()
                .GroupBy(failure => failure).Select(group => (group.Key, group.Count()))],
        };
    }
}
