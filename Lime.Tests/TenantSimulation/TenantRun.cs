using System.Collections.Immutable;
using Lime.Core.Emulation;
using Lime.Core.Migration;
using Lime.OpenFlow.Wire;
using Lime.Tests.Checking;
using Lime.Tests.Ensembles;
using Lime.Tests.Simulation;

namespace Lime.Tests.TenantSimulation;

/// <summary>One run from one seed: a tenant's switches and hosts move to another site, and maybe back, while hosts send
/// and apps change rules.</summary>
internal sealed class TenantRun : IDisposable
{
    private readonly TenantScenario _scenario;
    private readonly Random _dice;
    private readonly EnsembleBed _bed;
    private readonly Dictionary<uint, TenantApp> _apps = [];
    private readonly Dictionary<uint, TraceLog> _logs = [];
    private readonly TenantTap _tap;
    private readonly TenantTraffic _traffic;
    private readonly List<EnsembleProgress> _ended = [];
    private bool _isWorking = true;
    private int _moves;

    private TenantRun(TenantScenario scenario)
    {
        _scenario = scenario;
        _dice = new Random(scenario.Seed);
        var recorded = new Dictionary<uint, RecordedApp>();
        Scenario plain = Scenario.Of(scenario.Seed) with { Version = scenario.Version, HasTimeouts = false };
        foreach (uint at in Numbers)
        {
            _apps[at] = new TenantApp(plain, _dice, at, scenario);
            recorded[at] = new RecordedApp(_apps[at], $"v{at}");
        }
        _bed = new EnsembleBed(OptionsOf(recorded.Values));
        _bed.Bed.RunMs(50);
        foreach (uint at in Numbers)
        {
            _logs[at] = new TraceLog(_bed.Bed.Loop);
            _logs[at].Follow(_bed.Bed.Virtual($"v{at}"));
            recorded[at].Sink = _logs[at];
            recorded[at].Switch!.Codec = OpenFlowCodecs.For(scenario.Version);
        }
        _tap = new TenantTap(_logs);
        _bed.Bed.Network.Tap = _tap.Look;
        _traffic = new TenantTraffic(_bed.Bed, _scenario, _dice, _tap);
    }

    private IEnumerable<uint> Numbers => Enumerable.Range(1, _scenario.Switches).Select(each => (uint)each);

    /// <summary>Runs a scenario to its end.</summary>
    public static TenantResult Of(TenantScenario scenario)
    {
        using var run = new TenantRun(scenario);
        return run.Play();
    }

    public void Dispose() => _bed.Dispose();

    private TenantResult Play()
    {
        Task moving = Task.CompletedTask;
        Do(() =>
        {
            foreach (TenantApp each in _apps.Values) each.Begin();
        });
        _bed.Bed.RunMs(50);
        Do(() =>
        {
            _traffic.Start();
            foreach (TenantApp each in _apps.Values) ActLater(each);
            if (_scenario.HasStalls) StallLater();
            moving = MoveAsync();
        });
        bool hasEnded = _bed.Bed.RunUntil(() => moving.IsCompleted, 3000);
        _isWorking = false;
        if (!hasEnded) hasEnded = _bed.Bed.RunUntil(() => moving.IsCompleted, 60_000);
        _bed.Bed.RunMs(20);
        _traffic.Stop();
        _bed.Bed.RunMs(2500);
        Task last = _bed.Bed.Do(() => Task.WhenAll(_apps.Values.Select(each => each.FinishAsync())));
        bool isAnswered = _bed.Bed.RunUntil(() => last.IsCompleted, 60_000);
        _bed.Bed.RunMs(50);
        return new TenantResult(
            _scenario, [.. Numbers.Select(at => _logs[at].ToTrace(SettingOf(at)))], hasEnded && isAnswered)
        {
            Composition = [.. _tap.Violations],
            Migrations = [.. _ended],
            LinkFrames = _tap.Counts.Links,
            WanFrames = _tap.Counts.Wan,
        };
    }

    private EnsembleBedOptions OptionsOf(IEnumerable<RecordedApp> apps) => new()
    {
        Version = _scenario.Version,
        Seed = _scenario.Seed,
        Switches = _scenario.Switches,
        HostsPerSwitch = _scenario.HostsPerSwitch,
        WanMs = _scenario.WanMs,
        HasRules = false,
        MoreApps = [.. apps],
        Hardware = new EmulatedSwitchOptions { FlowModsPerSecond = _scenario.FlowModsPerSecond },
        Mover = new EmulatedHostMoverOptions
        {
            CopyTime = TimeSpan.Zero,
            PauseTime = TimeSpan.FromMilliseconds(_scenario.MoveMs.Pause),
            Announces = false,
        },
        Around = inner => new CallbackHostMover((move, progress, stop) => MoveHostAsync(inner, move, progress, stop)),
    };

    private TraceSetting SettingOf(uint at) => new()
    {
        Version = _scenario.Version,
        HostAtPort = TenantApp.PortsOf(at, _scenario).ToImmutableSortedDictionary(port => port, port => port switch
        {
            EnsembleBed.Left => TenantTap.LeftLink,
            EnsembleBed.Right => TenantTap.RightLink,
            _ => $"h{at}{port - EnsembleBed.FirstHost}",
        }),
        Links = [TenantTap.LeftLink, TenantTap.RightLink],
        CountersMaySlip = true,
    };

    private async Task MoveAsync()
    {
        await _bed.Bed.Loop.DelayAsync(20 + (30 * _dice.NextDouble()));
        EnsemblePlan plan = _bed.Plan() with { DrainQuietTime = TimeSpan.FromMilliseconds(40) };
        EnsemblePlan? back = await MoveAsync(plan);
        if (!_scenario.GoesBack || back is null) return;
        await _bed.Bed.Loop.DelayAsync(30 * _dice.NextDouble());
        await MoveAsync(back);
    }

    private async Task<EnsemblePlan?> MoveAsync(EnsemblePlan plan)
    {
        Remark("the tenant begins to move");
        IEnsembleMigration migration = await _bed.Bed.Controller.Ensembles.MigrateAsync(plan);
        if (_scenario.AbortMs is { } abortMs)
        {
            Timers.After(_bed.Bed.Loop, abortMs, () =>
            {
                Remark("the operator aborts");
                if (!migration.Progress.IsFinal) _ = migration.AbortAsync("the operator's wish");
            });
        }
        EnsembleProgress end = await migration.Completion;
        _ended.Add(end);
        Remark($"the tenant's move ended: {end.Phase} {end.Detail}");
        return migration.Undo;
    }

    /// <summary>A host falls silent before it is unplugged, so that nothing of its own is on the cable then; what it is
    /// sent until it goes on may be lost.</summary>
    private async Task MoveHostAsync(
        IHostMover inner, HostMove move, IHostMoveProgress progress, CancellationToken cancellationToken)
    {
        int number = _moves++;
        await _bed.Bed.Loop.DelayAsync(_scenario.MoveMs.Copy);
        cancellationToken.ThrowIfCancellationRequested();
        if (number == _scenario.FailingMove) throw new InvalidOperationException("There is no room there.");
        TraceLog log = _logs[move.Host[1] - (uint)'0'];
        var cause = $"{move.Host} stands still, {number}";
        _traffic.Silence(move.Host, true);
        log.Add(new LossBegan(log.Now, cause) { Host = move.Host });
        await _bed.Bed.Loop.DelayAsync(1);
        try
        {
            await inner.MoveAsync(move, progress, CancellationToken.None);
        }
        finally
        {
            _traffic.Silence(move.Host, false);
            log.Add(new LossEnded(log.Now, cause));
        }
    }

    private void ActLater(TenantApp app) => Timers.After(
        _bed.Bed.Loop, -Math.Log(1 - _dice.NextDouble()) * _scenario.ActIntervalMs, () =>
        {
            if (!_isWorking) return;
            app.Act();
            ActLater(app);
        });

    private void StallLater() => Timers.After(_bed.Bed.Loop, 60 * _dice.NextDouble(), () =>
    {
        if (!_isWorking) return;
        EmulatedSwitch[] all = [.. _bed.Bed.Network.Switches];
        EmulatedSwitch one = all[_dice.Next(all.Length)];
        Remark($"{one.Name} stalls");
        one.StallControl(true);
        Timers.After(_bed.Bed.Loop, 30 * _dice.NextDouble(), () =>
        {
            Remark($"{one.Name} goes on");
            one.StallControl(false);
        });
        StallLater();
    });

    private void Remark(string what)
    {
        foreach (TraceLog each in _logs.Values) each.Remark(what);
    }

    private void Do(Action action) => _bed.Bed.Do(() =>
    {
        action();
        return true;
    });
}
