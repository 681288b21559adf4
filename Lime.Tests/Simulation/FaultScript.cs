using Lime.Core.Emulation;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.Tests.Checking;

namespace Lime.Tests.Simulation;

/// <summary>The faults of a run, a kind of fault a run.</summary>
/// <remarks>Threading: the loop's.</remarks>
internal sealed class FaultScript(
    SimulatedNetwork network, Scenario scenario, MigrationScript migrations, Random dice)
{
    private bool _isStopped;

    /// <summary>How often a source was lost.</summary>
    public int SourcesLost { get; private set; }

    public void Start()
    {
        switch (scenario.Fault)
        {
            case FaultKind.Stall:
                StallLater();
                break;
            case FaultKind.TargetLost or FaultKind.TargetReset or FaultKind.TargetForeign:
                LoseLater();
                break;
            case FaultKind.SourceLost or FaultKind.SourceReset:
                LoseSourceLater();
                break;
            case FaultKind.TargetFull:
                foreach (EmulatedSwitch each in network.Candidates)
                    each.RejectFlowMod = flowMod => IsTarget(each) && IsAdd(flowMod) && dice.Next(60) == 0;
                break;
            case FaultKind.SourceFull:
                foreach (EmulatedSwitch each in network.Candidates)
                    each.RejectFlowMod = flowMod => IsPlace(each) && IsAdd(flowMod) && dice.Next(30) == 0;
                break;
        }
    }

    public void Stop()
    {
        _isStopped = true;
        foreach (EmulatedSwitch each in network.Candidates) each.RejectFlowMod = null;
    }

    private bool IsTarget(EmulatedSwitch node) =>
        migrations.IsBeforeRetirement && migrations.Target is { } target
        && node.Datapath == SimulatedNetwork.DatapathOf(target);

    private bool IsPlace(EmulatedSwitch node) =>
        node.Datapath == SimulatedNetwork.DatapathOf(migrations.Place) && migrations.Target is null;

    private static bool IsAdd(FlowMod flowMod) => flowMod.Command == FlowModCommand.Add && flowMod.Priority > 0;

    private void StallLater() => Timers.After(network.Bed.Loop, 30 * dice.NextDouble(), () =>
    {
        if (_isStopped) return;
        EmulatedSwitch[] all = [.. network.Bed.Network.Switches];
        EmulatedSwitch one = all[dice.Next(all.Length)];
        network.Log.Remark($"{one.Name} stalls");
        one.StallControl(true);
        Timers.After(network.Bed.Loop, 40 * dice.NextDouble(), () =>
        {
            network.Log.Remark($"{one.Name} goes on");
            one.StallControl(false);
        });
        StallLater();
    });

    private void LoseLater() => Timers.After(network.Bed.Loop, 15 * dice.NextDouble(), () =>
    {
        if (_isStopped) return;
        if (migrations is { IsLongBeforeRetirement: true, Target: { } target } && dice.Next(3) == 0) Lose(target);
        else LoseLater();
    });

    /// <summary>While two instances live more often than before, when the migration is undone by it.</summary>
    private void LoseSourceLater() => Timers.After(network.Bed.Loop, 10 * dice.NextDouble(), () =>
    {
        if (_isStopped) return;
        bool isTime = migrations.HasClone
            ? dice.Next(3) == 0
            : scenario.Fault == FaultKind.SourceLost && migrations.HasSource && dice.Next(12) == 0;
        if (isTime)
        {
            SourcesLost++;
            Lose(migrations.Place, migrations.PlaceSince);
        }
        Timers.After(network.Bed.Loop, isTime ? 150 : 0, LoseSourceLater);
    });

    private void Lose(int candidate) => Lose(candidate, migrations.BegunAt);

    private void Lose(int candidate, TimeSpan countsSince)
    {
        EmulatedSwitch node = network.Bed.Network.Switch($"p{candidate}");
        var cause = $"{node.Name} has lost its control channel";
        network.Log.Add(new LossBegan(network.Log.Now, cause) { CountsLostSince = countsSince });
        node.Disconnect();
        if (scenario.Fault is not (FaultKind.TargetLost or FaultKind.SourceLost)) 
            node.Install(new FlowMod { Command = FlowModCommand.Delete });
        if (scenario.Fault == FaultKind.TargetForeign)
        {
            node.Install(new FlowMod
            {
                Match = Match.Any.WithEthType(0x88b5),
                Priority = 77,
                Actions = ActionList.Output(new PortNumber(1)),
            });
        }
        Timers.After(network.Bed.Loop, 10 + (60 * dice.NextDouble()), () =>
        {
            network.Connect(node);
            Timers.After(network.Bed.Loop, 60, () => network.Log.Add(new LossEnded(network.Log.Now, cause)));
        });
    }
}
