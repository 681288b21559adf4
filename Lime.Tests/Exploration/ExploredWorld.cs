using Lime.Core.Apps;
using Lime.Core.Emulation;
using Lime.Core.Hosting;
using Lime.Core.Migration;
using Lime.Core.Switches;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Wire;
using Lime.Tests.Exploration.Lines;
using Lime.Tests.Exploration.Search;
using Lime.Tests.Hosting;
using Lime.Tests.Migration;
using Lime.Tests.Simulation;

namespace Lime.Tests.Exploration;

/// <summary>Lime, four emulated switches and two hosts in one thread of virtual time, stopped between any two
/// messages.</summary>
/// <remarks>A step delivers one message, or lets app, host, operator or clock do one thing, and runs the loop until it
/// has nothing to do. The virtual clock goes on by one tick a step, so that what happens later is later.</remarks>
internal sealed class ExploredWorld : IExploredWorld
{
    private static readonly string[] Neighbours = ["s1", "s2"];

    private readonly StepClock _clock = new();
    private readonly TraceLog _log;
    private readonly OutsideView _view;
    private readonly List<Exception> _escaped = [];
    private readonly List<FrameQueue> _queues;
    private readonly IWorldLine[] _lines;
    private readonly int[] _sent;
    private Footprint _extra;

    public ExploredWorld(Scenario scenario)
    {
        Scenario = scenario;
        Loop.UnhandledException = _escaped.Add;
        _log = new TraceLog(Loop);
        _view = new OutsideView(_log);
        App = new ScriptedApp(this);
        Recorder = new RecordedApp(App, "s3", _view);
        Network = new ExploredNetwork(scenario, Recorder, _view, Loop, _clock);
        _queues = [.. Network.Control.SelectMany(each => new[] { each.ToSwitch, each.ToLime }),
            .. Network.Cables.Select(each => each.Queue)];
        _lines = WorldLines.Of(this);
        _sent = new int[_lines.Length];
        Prepare();
    }

    public Scenario Scenario { get; }

    public EventLoop Loop { get; } = EventLoop.CreateManual();

    public ScriptedApp App { get; }

    public RecordedApp Recorder { get; }

    public ExploredNetwork Network { get; }

    public IMigration Migration { get; private set; } = null!;

    public VirtualSwitch Moved { get; private set; } = null!;

    public Checking.Trace Trace => _log.ToTrace(WorldVerdict.SettingOf(Scenario));

    /// <summary>What the app has begun and not finished.</summary>
    public List<Task> Pending { get; } = [];

    /// <summary>The step after which both instances carried traffic; null: not yet.</summary>
    public int? ClonedAt { get; private set; }

    public int Step => _clock.Step;

    /// <summary>The step in which the hosts began to talk; -1: they have not.</summary>
    public int TalkBeganAt { get; set; } = -1;

    public int LineCount => _lines.Length;

    /// <summary>Whether app, hosts or operator may yet begin something by themselves.</summary>
    public bool HasPlans => _lines.Any(each => each.HasPlans);

    /// <summary>Everything that something can wait in.</summary>
    public IReadOnlyList<FrameQueue> Queues => _queues;

    public ulong Enabled
    {
        get
        {
            ulong enabled = 0;
            for (int i = 0; i < _lines.Length; i++)
            {
                if (_lines[i].IsEnabled) enabled |= 1UL << i;
            }
            return enabled;
        }
    }

    public IEnumerable<int> CausesOf(int line) => _lines[line].Causes;

    public IEnumerable<int> RivalsOf(int line) => _lines[line] is ClockLine clock ? clock.Rivals : [];

    public string Describe(int line) => _lines[line].ToString()!;

    Footprint IExploredWorld.Step(int line)
    {
        _clock.Step++;
        _view.Begin();
        _extra = default;
        for (int i = 0; i < _lines.Length; i++) _sent[i] = _lines[i].Queue?.Sent ?? 0;
        Loop.RunFor(TimeSpan.FromTicks(1));
        Footprint footprint = _lines[line].Act();
        Note();
        footprint |= _view.Touched | _extra;
        for (int i = 0; i < _lines.Length; i++)
        {
            if (!(_lines[i].Queue?.Sent > _sent[i])) continue;
            if (_lines[i] is ToSwitchLine { Queue.IsOpen: true } neighbour) footprint |= neighbour.All;
            footprint |= Footprint.Write(Subjects.Queue(i));
            if (_lines[i] is DataLine cable) footprint |= cable.Passing;
        }
        return footprint;
    }

    public string? FindFault() => WorldVerdict.FindFault(this);

    /// <summary>Does something on the loop, and all that it causes before the next message.</summary>
    public void Do(Action action)
    {
        Loop.Post(action);
        Settle();
    }

    /// <summary>Ends the exploring: from here on everything arrives at once.</summary>
    public void OpenAll() => Do(() => _queues.ForEach(each => each.Open()));

    /// <summary>A step has touched something that is not told by what it delivered.</summary>
    private void Touch(Footprint footprint) => _extra |= footprint;

    public void Dispose() => Loop.Dispose();

    private void Note()
    {
        if (_escaped.Count > 0) throw new ExplorationException($"Work on the loop threw: {_escaped[0]}");
        if (ClonedAt is null && Moved.Live.Count > 1) ClonedAt = _clock.Step;
    }

    private void Settle() => Loop.Run(() => false, TimeSpan.Zero);

    private void Prepare()
    {
        Settle();
        Network.H1.LastPacket = Network.H2.LastPacket = Scenario.Packets;
        Network.H1.Touched = () => Touch(Footprint.Write(Subjects.Host(1)));
        Network.H2.Touched = () => Touch(Footprint.Write(Subjects.Host(2)));
        Moved = (VirtualSwitch)Find("s3");
        _log.Follow(Moved);
        Recorder.Switch!.Codec = OpenFlowCodecs.For(Scenario.Version);
        Do(() =>
        {
            foreach (string name in Neighbours)
            {
                Find(name).Send(ControllerBed.Forward(1, 2));
                Find(name).Send(ControllerBed.Forward(2, 1));
            }
            foreach (FlowMod each in Scenario.Rules) App.Switch!.Send(each);
            Pending.Add(App.Switch!.BarrierAsync().AsTask());
        });
        if (!Pending.TrueForAll(each => each.IsCompletedSuccessfully))
            throw new InvalidOperationException("The world is not ready.");
        Pending.Clear();
        App.React = Scenario.React;
        foreach (FrameQueue each in _queues) each.IsOpen = !Scenario.GatesNeighbours && Network.IsOfNeighbour(each);
        Do(() => Migration = Network.Controller.Ensembles.MigrateAsync(Plan).AsTask().GetAwaiter().GetResult());
        Note();
    }

    /// <summary>Where the neighbours answer at once, time goes by between the moves of the two attachments: so there
    /// are orders in which one way is by the source and the other by the target.</summary>
    private MigrationPlan Plan => FigureThreeBed.Plan() with
    {
        DrainQuietTime = ClockLine.QuietTime,
        AttachmentInterval = Scenario.GatesNeighbours ? TimeSpan.Zero : ClockLine.QuietTime,
    };

    private IVirtualSwitch Find(string name) =>
        Network.Controller.VirtualSwitches.Single(each => each.Name == name);
}
