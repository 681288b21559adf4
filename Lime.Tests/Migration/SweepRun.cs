using Lime.Core.Emulation;
using Lime.Core.Hosting;
using Lime.Core.Migration;
using Lime.Core.Switches;
using Lime.OpenFlow;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.Tests.Hosting;
using NUnit.Framework;

namespace Lime.Tests.Migration;

/// <summary>One migration in which one thing goes wrong at one message, with pings both ways, and an app that changes
/// rules and awaits barriers all the time.</summary>
internal sealed class SweepRun : IDisposable
{
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);

    private readonly ControlTap _tap = new();
    private readonly FigureThreeBed _lab;
    private readonly MigrationMethod _method;
    private readonly List<Task> _barriers = [];
    private readonly List<Pinger> _pingers = [];
    private bool _isAppAtWork;
    private int _commands;

    public SweepRun(OpenFlowVersion version, MigrationMethod method)
    {
        _method = method;
        _lab = new FigureThreeBed(version, new FigureThreeOptions
        {
            OtherRules = 2,
            JitterFraction = 0,
            Tap = _tap,
            Lime = new LimeOptions
            {
                CopyBatchRules = 2,
                Channel = ChannelOptions.Default with { RequestTimeout = TimeSpan.FromMilliseconds(500) },
            },
        });
    }

    /// <summary>Messages of the migration, echoes among them.</summary>
    public IReadOnlyList<TappedMessage> Messages { get; private set; } = [];

    public string What { get; private set; } = "";

    public MigrationProgress End { get; private set; } = new();

    public void Dispose() => _lab.Dispose();

    /// <summary>Runs the migration to its end, puts right what went wrong, and checks everything.</summary>
    public void Run(SweepFault? fault)
    {
        _pingers.Add(_lab.StartPings(2));
        _pingers.Add(_lab.StartPings(2, isBack: true));
        _isAppAtWork = true;
        WorkOn();
        _lab.Bed.RunMs(11);
        _tap.Reset();
        IMigration migration = _lab.Start(
            FigureThreeBed.Plan(_method) with { Deadline = Deadline });
        if (fault is not null) Arm(fault, migration);
        End = _lab.Finish(migration);
        Messages = [.. _tap.Seen];
        _tap.Before = null;
        _tap.After = null;
        What = $"{_method}, {fault?.ToString() ?? "no fault"}: {End.Phase} after {End.Elapsed.TotalMilliseconds:0} ms: "
            + End.Detail;
        _lab.Bed.RunMs(3);
        if (fault is not null) PutRight(fault);
        _isAppAtWork = false;
        _lab.Bed.RunMs(800);
        foreach (Pinger each in _pingers) each.Stop();
        _lab.Bed.RunMs(20_000);
        Check(fault, migration);
        Again();
    }

    private void Arm(SweepFault fault, IMigration migration)
    {
        if (fault.IsAfter)
        {
            _tap.After = message =>
            {
                if (message.Index == fault.At) Strike(fault, migration);
            };
            return;
        }
        _tap.Before = message =>
        {
            if (message.Index == fault.At) Strike(fault, migration);
            // A message of a connection that is cut is lost.
            return message.Index != fault.At || message.Switch != fault.Switch || !IsCut(fault.Kind);
        };
    }

    private static bool IsCut(SweepFaultKind kind) => kind
        is SweepFaultKind.Lost or SweepFaultKind.Gone or SweepFaultKind.Rebooted or SweepFaultKind.Foreign;

    private void Strike(SweepFault fault, IMigration migration)
    {
        if (fault.Kind == SweepFaultKind.Abort) _ = migration.AbortAsync("The operator thinks better of it.");
        else if (fault.Kind == SweepFaultKind.Deadline)
            _lab.Bed.Loop.Post(() => ((MigrationRun)migration).Handle(new MigrationEvent.DeadlinePassed()));
        else Strike(fault, _lab.Bed.Network.Switch(fault.Switch));
    }

    private void Strike(SweepFault fault, EmulatedSwitch node)
    {
        switch (fault.Kind)
        {
            case SweepFaultKind.Stalled:
                node.StallControl(true);
                break;
            case SweepFaultKind.Refused:
                node.RejectFlowMod = _ =>
                {
                    node.RejectFlowMod = null;
                    return true;
                };
                break;
            case SweepFaultKind.Full:
                node.RejectFlowMod = flowMod => flowMod.Command == FlowModCommand.Add;
                break;
            default:
                _tap.Cut(node.Name);
                if (fault.Kind != SweepFaultKind.Gone) _lab.Bed.Loop.Post(() => _ = ComeBackAsync(fault, node));
                break;
        }
    }

    private async Task ComeBackAsync(SweepFault fault, EmulatedSwitch node)
    {
        TimeProvider time = _lab.Bed.Loop.Time;
        await Task.Delay(TimeSpan.FromMilliseconds(5), time);
        if (fault.IsReboot) node.Install(new FlowMod { Command = FlowModCommand.Delete, Table = TableId.All });
        if (fault.Kind == SweepFaultKind.Foreign)
        {
            node.Install(new FlowMod
            {
                Match = FigureThreeBed.UdpTo(666), Priority = 666, Actions = ActionList.Output(StrangersPort(node)),
            });
        }
        await Task.Delay(TimeSpan.FromMilliseconds(195), time);
        _lab.Bed.Connect(node);
    }

    /// <summary>One that its virtual switch has, so that the rule can be adopted.</summary>
    private static PortNumber StrangersPort(EmulatedSwitch node) => new(node.Name == "s4" ? 5u : 1u);

    private void PutRight(SweepFault fault)
    {
        if (fault.Switch.Length == 0) return;
        EmulatedSwitch node = _lab.Bed.Network.Switch(fault.Switch);
        node.RejectFlowMod = null;
        node.StallControl(false);
        if (fault.Kind == SweepFaultKind.Gone && !node.IsConnected) _lab.Bed.Connect(node);
    }

    /// <summary>Adds, changes and deletes rules that no ping meets, each with a barrier behind it.</summary>
    private void WorkOn() => _lab.Bed.Loop.Post(() => _ = WorkAsync());

    private async Task WorkAsync()
    {
        while (_isAppAtWork)
        {
            int step = _commands++ % 6;
            VirtualSwitch moved = _lab.Moved;
            if (moved.IsConnected)
            {
                moved.Send(new FlowMod
                {
                    Command = step switch
                    {
                        0 or 1 => FlowModCommand.Add,
                        2 or 3 => FlowModCommand.ModifyStrict,
                        _ => FlowModCommand.DeleteStrict,
                    },
                    Match = FigureThreeBed.UdpTo((ushort)(1000 + (step % 2))),
                    Priority = 200,
                    Cookie = new Cookie((ulong)_commands),
                    Actions = ActionList.Output(new PortNumber((uint)(1 + (_commands % 2)))),
                });
                _barriers.Add(moved.BarrierAsync().AsTask());
            }
            await Task.Delay(TimeSpan.FromMilliseconds(7), _lab.Bed.Loop.Time);
        }
    }

    private void Check(SweepFault? fault, IMigration migration)
    {
        Assert.That(End.IsFinal, Is.True, What);
        // Undoing may have to wait for what stalls: each request half a second, a neighbour a minute.
        Assert.That(End.Elapsed, Is.LessThan(Deadline + TimeSpan.FromSeconds(75)), What);
        Assert.That(_barriers.Count(each => !each.IsCompleted), Is.Zero, $"{What}: barriers that hang (H-18)");
        AssertQuiet(End.Phase == MigrationPhase.Completed, What);
        AssertPings(fault, migration);
        AssertStorm(fault);
        AssertConnectivity(What);
    }

    private void AssertPings(SweepFault? fault, IMigration migration)
    {
        bool mayLose = _method == MigrationMethod.FreezeAndCopy || fault is { IsReboot: true };
        bool isIdleTarget = fault is { IsReboot: true, Switch: "s4" } && End.AttachmentsMoved == 0
            && migration.Timeline.All(each => each.Phase != MigrationPhase.Draining);
        foreach (Pinger each in _pingers)
        {
            PingSummary all = each.Summarise();
            if (!mayLose || (isIdleTarget && _method == MigrationMethod.Clone))
                Assert.That(all.Lost, Is.Zero, $"{What}: {all}");
            Assert.That(all.Duplicates, Is.Zero, $"{What}: {all}");
        }
    }

    /// <summary>H-27: misses of an instance that came back empty are no app's business while another one
    /// lives.</summary>
    private void AssertStorm(SweepFault? fault)
    {
        bool isOwn = fault is { IsReboot: true, Switch: "s1" or "s2" } or { IsReboot: true, Switch: "s3" };
        bool isAlone = fault is { IsReboot: true, Switch: "s4" } && End.Phase == MigrationPhase.Completed;
        if (isOwn || isAlone) return;
        Assert.That(_lab.App.PacketIns, Is.Empty, $"{What}: packet-ins");
    }

    private void AssertQuiet(bool isMoved, string what)
    {
        (EmulatedSwitch full, EmulatedSwitch empty) = isMoved ? (_lab.S4, _lab.S3) : (_lab.S3, _lab.S4);
        VirtualSwitch moved = _lab.Moved;
        IEnumerable<string> shadow = moved.Table.Rules
            .Select(each => $"{each.Priority} {each.Match} {each.Cookie} {each.Actions}").Where(IsApps).Order();
        string rules = string.Join("\n", _lab.RulesOf(full).Where(IsApps));
        Assert.That(rules, Is.EqualTo(string.Join("\n", shadow)), $"{what}: the table of {full.Name}\n{rules}");
        Assert.That(
            empty.Flows.Where(each => each.Priority != 666), Is.Empty, $"{what}: {empty.Name} has to be empty");
        Assert.That(empty.Groups.Count + empty.Meters.Count, Is.Zero, what);
        Assert.That(moved.Mode, Is.EqualTo(CloneMode.Single), what);
        Assert.That(moved.Follower, Is.Null, what);
        Assert.That(moved.Updates.IsIdle, Is.True, $"{what}: commands that wait");
        Assert.That(moved.Live.Select(each => each.Physical.Name), Is.EqualTo(new[] { full.Name }), what);
        PhysicalSwitchStatus spare =
            _lab.Bed.Controller.PhysicalSwitches.Single(each => each.Name == empty.Name);
        Assert.That((spare.Use, spare.Realises), Is.EqualTo((PhysicalSwitchUse.Spare, (string?)null)), what);
        AssertNeighbour("s1", isMoved ? "1>3 3>1" : "1>2 2>1", what);
        AssertNeighbour("s2", isMoved ? "2>3 3>2" : "1>2 2>1", what);
    }

    /// <summary>Not the stranger's rule, which is adopted where it turns up in a table of ours.</summary>
    private static bool IsApps(string rule) => !rule.StartsWith("666 ", StringComparison.Ordinal);

    private void AssertNeighbour(string name, string expected, string what)
    {
        IEnumerable<string> rules = _lab.Bed.Network.Switch(name).Flows
            .Where(each => each.Cookie != TableMissRule.Mark && each.Priority != 666)
            .Select(each => $"{each.Match.InPort}>{each.Actions[0].Port}").Order();
        Assert.That(string.Join(' ', rules), Is.EqualTo(expected), $"{what}: {name}");
    }

    private void AssertConnectivity(string what)
    {
        foreach (Pinger each in new[] { _lab.StartPings(5), _lab.StartPings(5, isBack: true) })
        {
            _lab.Bed.RunMs(100);
            each.Stop();
            _lab.Bed.RunMs(1500);
            PingSummary all = each.Summarise();
            Assert.That((all.Sent > 10, all.Lost, all.Duplicates), Is.EqualTo((true, 0, 0)), $"{what}, then: {all}");
        }
    }

    /// <summary>The same migration can be done again, or the way back.</summary>
    private void Again()
    {
        bool isMoved = End.Phase == MigrationPhase.Completed;
        EmulatedSwitch empty = isMoved ? _lab.S3 : _lab.S4;
        // A spare's strangers are somebody's, and not ours to delete.
        empty.Install(new FlowMod { Command = FlowModCommand.Delete, Table = TableId.All });
        MigrationProgress again = _lab.Migrate(FigureThreeBed.Plan(_method, isMoved ? 3u : 4u));
        Assert.That(again.Phase, Is.EqualTo(MigrationPhase.Completed), $"{What}; again: {again.Detail}");
        AssertQuiet(!isMoved, $"{What}; again");
        AssertConnectivity($"{What}; again");
    }
}
