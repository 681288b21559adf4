using System.IO.Pipelines;
using Lime.Apps.Sample.Apps;
using Lime.Core.Apps;
using Lime.Core.Emulation;
using Lime.Core.Hosting;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Transport;

namespace Lime.Benchmarks.Overhead;

/// <summary>A controller and its switches in one thread and in virtual time: nothing but computing.</summary>
/// <remarks>The generator's and the switches' work is in it, alike for both ways. Life cycle: ready when made; disposed
/// once. Threading: the caller's thread runs everything.</remarks>
internal sealed class InProcessRig : IDisposable
{
    /// <summary>Turns without an answer after which something is wrong.</summary>
    private const int IdleTurnsMax = 10_000;

    /// <summary>One rule change goes with so many packet-ins.</summary>
    private const int PacketInsPerUpdate = 100;

    /// <summary>Of each switch.</summary>
    private const int OutstandingMax = 400;

    /// <summary>Twenty turns: some ten thousand packet-ins for each clone and each rest.</summary>
    private static readonly TimeSpan Stay = TimeSpan.FromMicroseconds(200);

    private static readonly TimeSpan IdleTurn = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Turn = TimeSpan.FromMicroseconds(10);

    private readonly EventLoop _loop = EventLoop.CreateManual();
    private readonly CancellationTokenSource _stop = new();
    private readonly List<PipeSwitch> _senders = [];
    private readonly List<RuleUpdates> _updates = [];
    private readonly List<MigrationCycle> _cycles = [];
    private readonly OverheadPlan _plan;
    private readonly IMeasuredController _controller;
    private int _updatesDue;

    public InProcessRig(OverheadPlan plan, bool isDirect)
    {
        _plan = plan;
        var app = new LearningSwitch();
        var channel = new ChannelOptions { Versions = [plan.Version] };
        _controller = isDirect
            ? new DirectController(app, _loop, channel)
            : new LayeredController(new LimeOptions { Channel = channel, Spares = [.. plan.Spares()] }, app, _loop);
        for (int i = 0; i < plan.Switches; i++) _senders.Add(Connect(OverheadPlan.Sender(i)));
        if (_controller is LayeredController layered) AddSpares(layered);
        RunUntil(() => _controller.Switches.Count == plan.Switches, "the switches are known");
        _loop.RunFor(TimeSpan.FromSeconds(1));
        if (_controller is LayeredController joined) Prepare(joined);
        if (plan.Scenario == OverheadScenario.Updates)
            _updates.AddRange(_controller.Switches.Select(each => new RuleUpdates(each)));
        foreach (PipeSwitch each in _senders) each.Teach();
        _loop.RunFor(Turn);
    }

    /// <summary>How often a migration got as far as two instances.</summary>
    public int Clones => _cycles.Sum(each => each.Clones);

    /// <summary>Messages received by the senders so far: flow-mods and packet-outs.</summary>
    public long Messages => _senders.Sum(each => each.Tally.FlowMods + each.Tally.PacketOuts);

    /// <summary>Answers so far that were wrong, or came twice.</summary>
    public long Faulty => _senders.Sum(each => each.Tally.Wrong + each.Tally.Duplicates);

    /// <summary>Has this many packet-ins answered.</summary>
    /// <exception cref="InvalidOperationException">An answer is missing, there is an error, or a migration
    /// failed.</exception>
    public void Answer(int packetIns)
    {
        long target = Finished() + packetIns;
        long sent = Finished();
        int idle = 0;
        while (Finished() < target)
        {
            long before = Finished();
            foreach (PipeSwitch each in _senders)
            {
                int count = (int)Math.Min(Math.Min(each.OfferMax, 200), target - sent);
                if (count <= 0 || each.Tally.Sent - each.Tally.Finished >= OutstandingMax) continue;
                each.Offer(count);
                sent += count;
                Update(count);
            }
            // What waits for a timer gets it without a thousand turns.
            _loop.RunFor(idle < 100 ? Turn : IdleTurn);
            idle = Finished() == before ? idle + 1 : 0;
            if (idle > IdleTurnsMax) throw NoAnswer(target - Finished());
        }
        Check();
    }

    public void Dispose()
    {
        _stop.Cancel();
        _ = _controller.DisposeAsync().AsTask();
        _loop.RunFor(Turn);
        _loop.Dispose();
        _stop.Dispose();
    }

    private PipeSwitch Connect(DatapathId datapath)
    {
        (IDuplexPipe ours, IDuplexPipe theirs) = InMemoryTransport.CreatePair(_loop.Scheduler, _loop.Scheduler);
        var added = new PipeSwitch(theirs, _plan.Version, datapath, _plan.Addresses);
        _controller.Attach(ours);
        _loop.Post(() => _ = added.RunAsync());
        return added;
    }

    /// <summary>What is to be copied has to be kept by the target, so that is an emulated switch; other instances only
    /// take what they are told.</summary>
    private void AddSpares(LayeredController controller)
    {
        if (_plan.Scenario != OverheadScenario.Migration)
        {
            foreach (DatapathId each in _plan.Spares()) Connect(each);
            return;
        }
        var network = new EmulatedNetwork(_loop, 1);
        foreach (DatapathId each in _plan.Spares())
        {
            EmulatedSwitch target = OverheadTarget.AddTo(network, each, _plan.Version);
            (IDuplexPipe ours, IDuplexPipe theirs) = InMemoryTransport.CreatePair(_loop.Scheduler, _loop.Scheduler);
            _ = target.Connect(theirs);
            controller.Attach(ours);
        }
    }

    private void Prepare(LayeredController controller)
    {
        for (int i = 0; i < _plan.Switches; i++)
        {
            DatapathId sender = OverheadPlan.Sender(i);
            for (int number = 1; number < _plan.Instances; number++)
            {
                DatapathId spare = OverheadPlan.Spare(i, number);
                RunUntil(() => controller.TryJoin(sender, spare), $"{spare} joins {sender}");
            }
            if (_plan.Scenario != OverheadScenario.Migration) continue;
            IVirtualSwitch moved = controller.Switches.Single(each => each.Datapath == sender);
            _loop.Post(() => RuleUpdates.Fill(moved, _plan.Rules));
            var cycle = new MigrationCycle(controller, sender, OverheadPlan.Spare(i, 1));
            _cycles.Add(cycle);
            _loop.Post(() => _ = cycle.RunAsync(Stay, _stop.Token));
        }
    }

    private void Update(int packetIns)
    {
        if (_updates.Count == 0) return;
        _updatesDue += packetIns;
        for (; _updatesDue >= PacketInsPerUpdate; _updatesDue -= PacketInsPerUpdate)
        {
            RuleUpdates next = _updates[_updatesDue / PacketInsPerUpdate % _updates.Count];
            _loop.Post(next.Next);
        }
    }

    private long Finished()
    {
        long sum = 0;
        foreach (PipeSwitch each in _senders) sum += each.Tally.Finished;
        return sum;
    }

    private void Check()
    {
        string? failure = _cycles.Select(each => each.Failure).FirstOrDefault(each => each is not null);
        if (failure is not null) throw new InvalidOperationException($"A migration failed: {failure}");
        foreach (PipeSwitch each in _senders)
        {
            if (each.Tally.Errors > 0) throw new InvalidOperationException($"{each.Tally.Errors} errors.");
        }
    }

    private InvalidOperationException NoAnswer(long packetIns) => new(
        $"{packetIns} packet-ins have no answer, {Faulty} a faulty one."
        + string.Concat(_cycles.Select(each => $" Clones: {each.Clones}. {each.Failure}")));

    private void RunUntil(Func<bool> until, string what)
    {
        bool isTrue = false;
        for (int i = 0; i < 1000 && !isTrue; i++)
        {
            _loop.Post(() => isTrue |= until());
            _loop.RunFor(TimeSpan.FromMilliseconds(10));
        }
        if (!isTrue) throw new InvalidOperationException($"Not within 10 s of loop time: {what}.");
    }
}
