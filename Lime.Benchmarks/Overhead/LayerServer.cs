using System.Net;
using Lime.Apps.Sample.Apps;
using Lime.Benchmarks.Scale;
using Lime.Core.Apps;
using Lime.Core.Hosting;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;

namespace Lime.Benchmarks.Overhead;

/// <summary>One way of the comparison over TCP, in a process of its own.</summary>
/// <remarks>Life cycle: <see cref="RunAsync"/> once. Threading: the controller's loop has its own thread.</remarks>
internal sealed class LayerServer(OverheadPlan plan, bool isDirect)
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);

    /// <summary>How long both instances of a clone live, and how long it rests then.</summary>
    private static readonly TimeSpan Stay = TimeSpan.FromMilliseconds(100);

    private readonly List<RuleUpdates> _updates = [];
    private readonly HashSet<DatapathId> _prepared = [];
    private double _updatesDue;

    /// <summary>Serves until <paramref name="stop"/>.</summary>
    /// <param name="listening">Told where, once.</param>
    /// <param name="stop">Ends it.</param>
    public async Task RunAsync(Action<IPEndPoint> listening, CancellationToken stop)
    {
        await using IMeasuredController controller = Start();
        listening(controller.ListenEndPoint!);
        long last = controller.Loop.Time.GetTimestamp();
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(Step, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            long now = controller.Loop.Time.GetTimestamp();
            TimeSpan elapsed = controller.Loop.Time.GetElapsedTime(last, now);
            last = now;
            controller.Loop.Post(() => Work(controller, elapsed, stop));
        }
    }

    private IMeasuredController Start()
    {
        var listen = new IPEndPoint(IPAddress.Loopback, 0);
        var app = new LearningSwitch();
        var channel = new ChannelOptions { Versions = [plan.Version] };
        if (isDirect)
        {
            var direct = new DirectController(app, EventLoop.StartThread("direct"), channel);
            direct.Listen(listen);
            return direct;
        }
        var options = new LimeOptions
        {
            Listen = listen,
            Channel = channel,
            Spares = [.. plan.Spares()],
            Network = plan.Networks == 0 ? null : ScaleNetworks.Describe(plan.Switches, plan.Networks),
        };
        var layered = new LayeredController(options, app, null);
        layered.Start();
        return layered;
    }

    /// <summary>On the loop, again and again: prepares switches that have come, and changes rules.</summary>
    private void Work(IMeasuredController controller, TimeSpan elapsed, CancellationToken stop)
    {
        bool needsWork = plan.Scenario != OverheadScenario.Steady;
        for (int i = 0; i < plan.Switches && needsWork; i++)
        {
            DatapathId sender = OverheadPlan.Sender(i);
            IVirtualSwitch? come = controller.Switches.FirstOrDefault(each => each.Datapath == sender);
            if (come is null || _prepared.Contains(sender) || !IsPrepared(controller, come, i, stop)) continue;
            _prepared.Add(sender);
            if (plan.Scenario == OverheadScenario.Updates) _updates.Add(new RuleUpdates(come));
        }
        _updatesDue += elapsed.TotalSeconds * plan.UpdatesPerSecond;
        for (; _updatesDue >= 1; _updatesDue--) _updates.ForEach(static each => each.Next());
    }

    private bool IsPrepared(IMeasuredController controller, IVirtualSwitch come, int index, CancellationToken stop)
    {
        if (controller is not LayeredController layered) return true;
        if (plan.Scenario == OverheadScenario.Migration)
        {
            RuleUpdates.Fill(come, plan.Rules);
            _ = new MigrationCycle(layered, come.Datapath, OverheadPlan.Spare(index, 1)).RunAsync(Stay, stop);
            return true;
        }
        // All of them or none: an instance that has joined must not join again.
        bool areHere = Enumerable.Range(1, plan.SparesPerSwitch)
            .All(number => layered.IsConnected(OverheadPlan.Spare(index, number)));
        return areHere && Enumerable.Range(1, plan.SparesPerSwitch)
            .All(number => layered.TryJoin(come.Datapath, OverheadPlan.Spare(index, number)));
    }
}
