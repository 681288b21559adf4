using Lime.Core.Migration;
using Lime.Tests.Checking;

namespace Lime.Tests.Simulation;

/// <summary>One run from one seed, and what came of it.</summary>
internal sealed class SimulatedRun : IDisposable
{
    private readonly Scenario _scenario;
    private readonly Random _dice;
    private readonly SimulatedApp _app;
    private readonly SimulatedNetwork _network;
    private readonly MigrationScript _migrations;

    private SimulatedRun(Scenario scenario)
    {
        _scenario = scenario;
        _dice = new Random(scenario.Seed);
        _app = SimulatedApp.Create(_scenario, _dice);
        _network = new SimulatedNetwork(_scenario, _dice, new RecordedApp(_app, SimulatedNetwork.MovedName));
        _migrations = new MigrationScript(_network, _scenario, _dice);
    }

    /// <summary>Runs a seed to its end.</summary>
    public static RunResult Of(int seed) => Of(Scenario.Of(seed));

    /// <summary>Runs a scenario to its end.</summary>
    public static RunResult Of(Scenario scenario)
    {
        using var run = new SimulatedRun(scenario);
        return run.Play();
    }

    public void Dispose() => _network.Dispose();

    private RunResult Play()
    {
        var traffic = new HostTraffic(_network, _scenario, _dice);
        var faults = new FaultScript(_network, _scenario, _migrations, _dice);
        bool isWorking = true;
        if (_scenario.Hardship is not null) Begin();
        _network.Bed.Do(() =>
        {
            traffic.Start();
            ActLater(() => isWorking);
            _migrations.Start();
            faults.Start();
            return true;
        });
        _network.Bed.RunMs(_scenario.DurationMs);
        _migrations.Stop();
        // An app that never rests holds up the end of a clone: so it does rest, after a while.
        bool hasEnded = _network.Bed.RunUntil(() => _migrations.Done.IsCompleted, 2000);
        isWorking = false;
        traffic.Stop();
        faults.Stop();
        if (!hasEnded) hasEnded = _network.Bed.RunUntil(() => _migrations.Done.IsCompleted, 60_000);
        // Rules that still have time, held packets and late answers come to rest.
        _network.Bed.RunMs(_scenario.HasTimeouts ? 9000 : 2500);
        Task last = _network.Bed.Do(_app.FinishAsync);
        bool isAnswered = _network.Bed.RunUntil(() => last.IsCompleted, 60_000);
        _network.Bed.RunMs(50);
        Trace trace = _network.Log.ToTrace(_network.Setting with
        {
            MayRefuse = _scenario.Fault == FaultKind.SourceFull,
            CountersMaySlip = true,
            MeterAheadSeconds = 0.1,
            ClockSkewFraction = _scenario.ClockRates.IsEmpty ? 0 : HardScenarios.ClockSkewMax,
            TimedCountersMayMiss = _scenario.Version == OpenFlow.OpenFlowVersion.V10,
        });
        return new RunResult(_scenario, trace, hasEnded && isAnswered, [.. _migrations.Ended])
        {
            SourcesLost = faults.SourcesLost,
        };
    }

    /// <summary>The app's first rules are in force before anything else happens.</summary>
    private void Begin()
    {
        if (_scenario.IsLagging) _app.MayChange = () => _migrations.MayChangeRules;
        _network.Bed.Do(() =>
        {
            _app.Begin();
            return true;
        });
        _network.Bed.RunMs(100);
    }

    private void ActLater(Func<bool> isWorking)
    {
        Timers.After(_network.Bed.Loop, -Math.Log(1 - _dice.NextDouble()) * _scenario.ActIntervalMs, () =>
        {
            if (!isWorking()) return;
            _app.Act();
            ActLater(isWorking);
        });
    }
}
