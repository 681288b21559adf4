using System.Diagnostics;
using System.IO.Pipelines;
using Lime.Apps.Sample.Apps;
using Lime.Benchmarks.Overhead;
using Lime.Benchmarks.Rules;
using Lime.Core.Apps;
using Lime.Core.Emulation;
using Lime.Core.Hosting;
using Lime.Core.Migration;
using Lime.Core.Networks;
using Lime.OpenFlow;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Transport;

namespace Lime.Benchmarks.Migration;

/// <summary>A switch with many rules is cloned to another, both emulated, all in one thread.</summary>
/// <remarks>The loops' clocks are virtual, so that waiting costs nothing, and what is measured is real: the work of the
/// controller and of both switches, which have a loop of their own. Threading: the caller's thread runs
/// everything.</remarks>
internal sealed class EmulatedMigration : IDisposable
{
    private static readonly DatapathId Source = new(1);
    private static readonly DatapathId Target = new(2);
    private static readonly TimeSpan LoopTimeMax = TimeSpan.FromHours(1);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(1);

    /// <summary>Rules added in one turn: less than an outbox holds.</summary>
    private const int RulesPerTurn = 10_000;

    private readonly SteppedLoops _loops = new();
    private readonly LayeredController _controller;
    private readonly int _rules;

    public EmulatedMigration(int rules, OpenFlowVersion version)
    {
        _rules = rules;
        var network = new EmulatedNetwork(_loops.Switches, 1);
        _controller = new LayeredController(
            new LimeOptions
            {
                Channel = new ChannelOptions { Versions = [version] },
                Spares = [Target],
                RulesPerSwitchMax = rules + 1000,
            },
            new LearningSwitch(),
            _loops.Controller);
        foreach (DatapathId each in new[] { Source, Target })
        {
            (IDuplexPipe ours, IDuplexPipe theirs) =
                InMemoryTransport.CreatePair(_loops.Controller.Scheduler, _loops.Switches.Scheduler);
            _ = OverheadTarget.AddTo(network, each, version, rules + 1000).Connect(theirs);
            _controller.Attach(ours);
        }
        _loops.RunFor(TimeSpan.FromSeconds(1));
        Fill(_controller.Switches.Single());
    }

    /// <summary>Migrates once.</summary>
    /// <exception cref="InvalidOperationException">It did not complete.</exception>
    public MigrateRun Run()
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);
        long allocatedBefore = GC.GetTotalAllocatedBytes();
        long messagesBefore = _controller.Messages;
        long bytesMax = before;
        long start = Stopwatch.GetTimestamp();
        double? clonedMs = null;
        TimeSpan gcBefore = GC.GetTotalPauseDuration();
        var turns = new TurnTimes();
        _loops.TurnBegins = turns.Begins;
        IMigration migration = _controller.Ensembles.MigrateAsync(Plan).AsTask().GetAwaiter().GetResult();
        // After each turn, of which there are thousands: often enough to see what is in use.
        _loops.TurnEnded = Look;
        _loops.Run(() => migration.Completion.IsCompleted, LoopTimeMax);
        _loops.TurnEnded = null;
        double ms = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        MigrationProgress end = migration.Progress;
        if (end.Phase != MigrationPhase.Completed) throw new InvalidOperationException(end.Detail);
        return new MigrateRun
        {
            Rules = _rules,
            Ms = ms,
            CloningMs = clonedMs ?? ms,
            FlowMods = end.FlowMods,
            Barriers = end.Barriers,
            Messages = _controller.Messages - messagesBefore,
            BytesBefore = before,
            BytesMax = bytesMax,
            TurnMsMax = turns.MsMax,
            TurnMaxPhase = turns.MaxPhase,
            LongTurns = turns.LongCount,
            LongTurnsMs = turns.LongMs,
            GcPauseMs = (GC.GetTotalPauseDuration() - gcBefore).TotalMilliseconds,
            BytesAllocated = GC.GetTotalAllocatedBytes() - allocatedBefore,
        };

        void Look()
        {
            turns.Ended(migration.Progress.Phase);
            bytesMax = Math.Max(bytesMax, GC.GetTotalMemory(forceFullCollection: false));
            bool isCloned = migration.Progress.Phase >= MigrationPhase.Cloned;
            if (isCloned) clonedMs ??= Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
    }

    public void Dispose()
    {
        _ = _controller.DisposeAsync().AsTask();
        _loops.RunFor(Step);
        _loops.Dispose();
    }

    private static MigrationPlan Plan => new(Source.ToString(), Target)
    {
        TargetPorts = [.. Enumerable.Range(1, 4).Select(port => new PortMapping(new((uint)port), new((uint)port)))],
        DrainQuietTime = TimeSpan.Zero,
        Deadline = LoopTimeMax,
    };

    private void Fill(IVirtualSwitch filled)
    {
        for (int first = 0; first < _rules; first += RulesPerTurn)
        {
            int end = Math.Min(first + RulesPerTurn, _rules);
            _loops.Controller.Post(() =>
            {
                for (int i = first; i < end; i++) filled.Send(BenchmarkRules.Add(i));
            });
            Task barrier = filled.BarrierAsync().AsTask();
            if (!_loops.Run(() => barrier.IsCompleted, LoopTimeMax)) throw new TimeoutException("No barrier.");
        }
    }
}
