using Lime.Core.Emulation;
using Lime.Core.Migration;
using Lime.OpenFlow;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.Tests.Hosting;
using NUnit.Framework;

namespace Lime.Tests.Migration;

/// <remarks>Goal: rules change while two instances live as they would on one switch (paper section
/// 4.1).</remarks>
[TestFixture(OpenFlowVersion.V10)]
[TestFixture(OpenFlowVersion.V13)]
public sealed class UpdateTests(OpenFlowVersion version)
{
    private static readonly ActionList Marked =
        ActionList.Of(FlowAction.SetIpTos(0x20), FlowAction.Output(new PortNumber(2)));

    /// <remarks>H-31, H-33: additions, modifications and deletions of a rule that every request meets, one a
    /// millisecond, from before the migration until after it.</remarks>
    [Test]
    public void Constant_updates_lose_nothing_and_end_in_the_right_place([Range(1, 4)] int seed)
    {
        using var lab = new FigureThreeBed(version, new FigureThreeOptions { Seed = seed });
        Pinger pinger = lab.StartPings();
        int step = 0;
        TimeSpan interval = TimeSpan.FromMilliseconds(1);
        ITimer updates = lab.Bed.Loop.Time.CreateTimer(_ => Update(lab, step++), null, interval, interval);
        lab.Bed.RunMs(20);
        MigrationProgress end = lab.Migrate(FigureThreeBed.Plan());
        lab.Bed.RunMs(20);
        updates.Dispose();
        lab.Bed.RunMs(20);
        pinger.Stop();
        lab.Bed.RunMs(3000);
        Assert.That(end.Phase, Is.EqualTo(MigrationPhase.Completed), end.Detail);
        Assert.That(end.Elapsed, Is.LessThan(TimeSpan.FromSeconds(10)));
        PingSummary all = pinger.Summarise();
        Assert.That((all.Lost, all.Duplicates), Is.EqualTo((0, 0)), all.ToString());
        Assert.That(lab.Moved.Updates.Counts.Updates, Is.GreaterThan(5), "two-phase updates");
        Assert.That(lab.Moved.Updates.Counts.Lost, Is.Zero);
        Assert.That(FigureThreeBed.RuleCount(lab.S3), Is.Zero);
        Assert.That(lab.RulesOf(lab.S4), Is.EqualTo(ControllerBed.Describe(lab.Bed.Flows(lab.Moved))));
        Assert.That(FigureThreeBed.RuleCount(lab.S4), Is.EqualTo(22 + (step % 3 == 0 ? 0 : 1)));
        Assert.That(lab.App.PacketIns, Is.Empty, "held packets are not the app's");
        Assert.That(lab.App.Errors, Is.Empty);
    }

    /// <remarks>H-34: each update is given at a time of its own, in every phase.</remarks>
    [Test]
    public void Updates_in_every_phase_end_on_the_target_and_nowhere_else(
        [Values] MigrationMethod method, [Range(1, 4)] int seed)
    {
        using var lab = new FigureThreeBed(version, new FigureThreeOptions { Seed = seed, OtherRules = 100 });
        var random = new Random(seed);
        IMigration migration = lab.Start(FigureThreeBed.Plan(method));
        var phases = new HashSet<MigrationPhase>();
        while (!migration.Progress.IsFinal)
        {
            for (int i = 0; i < 3; i++) lab.Bed.Send(lab.Moved, RandomChange(random));
            phases.Add(migration.Progress.Phase);
            lab.Bed.RunMs(random.NextDouble() * 2);
        }
        Assert.That(migration.Progress.Phase, Is.EqualTo(MigrationPhase.Completed), migration.Progress.Detail);
        Assert.That(phases, Is.SupersetOf(
            new[] { MigrationPhase.Preparing, MigrationPhase.Cloning, MigrationPhase.Cloned }));
        lab.Bed.Barrier(lab.Moved);
        lab.Bed.RunMs(10);
        Assert.That(FigureThreeBed.RuleCount(lab.S3), Is.Zero);
        string[] shadow = [.. lab.Moved.Table.Rules.Select(
            each => $"{each.Priority} {each.Match} {each.Cookie} {each.Actions}").Order()];
        Assert.That(lab.RulesOf(lab.S4), Is.EqualTo(shadow));
        Assert.That(lab.App.Errors, Is.Empty);
    }

    /// <remarks>H-29. One rule, for requests and answers alike; a packet's type of service tells which
    /// version of it it met. Requests go through s4, answers through s3, and s3 is slow to change its
    /// rules.</remarks>
    [Test]
    public void An_answer_never_meets_an_older_rule_than_its_question([Range(1, 5)] int seed)
    {
        using var lab = new FigureThreeBed(version, new FigureThreeOptions { Seed = seed });
        var random = new Random(seed);
        var trace = new QuestionTrace(lab);
        lab.Bed.Send(lab.Moved, Version(0));
        IMigration migration = lab.StartAndStopHalfway();
        ITimer questions = trace.Ask();
        lab.Bed.RunMs(15);
        for (int version = 1; version <= 15; version++)
        {
            // At any point of the update s3 may stop listening for a while.
            lab.Bed.Send(lab.Moved, Version(version));
            lab.Bed.RunMs(random.NextDouble() * 5);
            lab.S3.StallControl(true);
            lab.Bed.RunMs(8);
            lab.S3.StallControl(false);
            lab.Bed.RunMs(15);
        }
        questions.Dispose();
        lab.Bed.RunMs(100);
        Assert.That(trace.Unanswered, Is.Zero);
        Assert.That(trace.Exchanges, Is.GreaterThan(400));
        Assert.That(trace.Versions, Is.EqualTo(16), "each version was met");
        Assert.That(trace.Violations, Is.Empty);
        Assert.That(lab.ReleaseAndFinish(migration).Phase, Is.EqualTo(MigrationPhase.Completed));
    }

    /// <remarks>H-17.</remarks>
    [TestCase("s3")]
    [TestCase("s4")]
    public void A_barrier_is_answered_after_every_instance_has(string slow)
    {
        using var lab = new FigureThreeBed(version);
        IMigration migration = lab.StartAndStopHalfway();
        lab.Bed.Network.Switch(slow).StallControl(true);
        lab.Bed.Send(lab.Moved, ControllerBed.Forward(1, 2, priority: 300));
        Task<bool> barrier = lab.Bed.Begin(async () =>
        {
            await lab.Moved.BarrierAsync();
            return true;
        });
        lab.Bed.RunMs(500);
        Assert.That(barrier.IsCompleted, Is.False);
        lab.Bed.Network.Switch(slow).StallControl(false);
        Assert.That(lab.Bed.RunUntil(() => barrier.IsCompleted), Is.True);
        Assert.That(lab.S3.Flows.Count(each => each.Priority == 300), Is.EqualTo(1), "it has taken effect");
        Assert.That(lab.S4.Flows.Count(each => each.Priority == 300), Is.EqualTo(1), "it has taken effect");
        lab.ReleaseAndFinish(migration);
    }

    [Test]
    public void Held_packets_are_bounded_and_leave_in_order()
    {
        using var lab = new FigureThreeBed(version, new FigureThreeOptions
        {
            Lime = new Core.Hosting.LimeOptions { HeldPacketsMax = 10 },
            JitterFraction = 0,
        });
        IMigration migration = lab.StartAndStopHalfway();
        var arrived = new List<int>();
        lab.H2.ReceiveUdp(7, (EmulatedHost _, in UdpDatagram datagram) => arrived.Add(datagram.Payload[0]));
        lab.Bed.Send(lab.Moved, ControllerBed.Forward(1, 2, 300) with { Match = FigureThreeBed.UdpTo(7) });
        // The source is slow to confirm the guard, so the target's packets wait.
        lab.S3.StallControl(true);
        lab.Bed.RunMs(5);
        for (byte i = 0; i < 30; i++) lab.H1.SendUdp(lab.H2.Ip, 7, 7, [i]);
        lab.Bed.RunMs(20);
        Assert.That(arrived, Is.Empty);
        lab.S3.StallControl(false);
        lab.Bed.RunMs(50);
        Assert.That(arrived, Is.EqualTo(Enumerable.Range(0, 10)));
        Assert.That(lab.Moved.Updates.Counts.Held, Is.EqualTo(10));
        Assert.That(lab.Moved.Updates.Counts.Lost, Is.EqualTo(20), "and said so");
        lab.ReleaseAndFinish(migration);
    }

    [Test]
    public void Commands_beyond_the_bound_are_refused_as_by_a_full_outbox()
    {
        using var lab = new FigureThreeBed(version, new FigureThreeOptions
        {
            Lime = new Core.Hosting.LimeOptions { QueuedCommandsMax = 3 },
        });
        IMigration migration = lab.StartAndStopHalfway();
        OpenFlow.Channel.SendOutcome[] outcomes = [.. Enumerable.Range(0, 6)
            .Select(i => lab.Bed.Send(lab.Moved, ControllerBed.Forward(1, 2, (ushort)(300 + i))).Outcome)];
        Assert.That(outcomes.Count(each => each == OpenFlow.Channel.SendOutcome.Queued), Is.EqualTo(4));
        Assert.That(outcomes[^1], Is.EqualTo(OpenFlow.Channel.SendOutcome.OutboxFull));
        Assert.That(lab.ReleaseAndFinish(migration).Phase, Is.EqualTo(MigrationPhase.Completed));
    }

    private static void Update(FigureThreeBed lab, int step)
    {
        FlowMod rule = ControllerBed.Forward(1, 2, priority: 200);
        // Its actions work on IP, so its match has to say so (1.3.5 section 7.2.5.7).
        rule = rule with { Match = rule.Match.WithEthType(0x0800) };
        FlowMod change = (step % 3) switch
        {
            0 => rule,
            1 => rule with { Command = FlowModCommand.ModifyStrict, Actions = Marked },
            _ => rule with { Command = FlowModCommand.DeleteStrict },
        };
        lab.Moved.Send(change);
    }

    private static FlowMod Version(int version) => new()
    {
        Command = version == 0 ? FlowModCommand.Add : FlowModCommand.ModifyStrict,
        Match = OpenFlow.Matching.Match.Any.WithEthType(0x0800).WithIpProtocol(17),
        Priority = 500,
        Actions = ActionList.Of(FlowAction.SetIpTos((byte)(version * 4)), FlowAction.Output(PortNumber.Flood)),
    };

    private static FlowMod RandomChange(Random random)
    {
        FlowMod flowMod = new()
        {
            Match = OpenFlow.Matching.Match.Any.WithEthType(0x0800)
                .WithIpv4Destination(new Ipv4Address(0x0a64_0000 + (uint)random.Next(120))),
            Priority = (ushort)(40 + random.Next(7)),
            Cookie = new Cookie((ulong)random.NextInt64()),
            Actions = ActionList.Output(new PortNumber((uint)random.Next(1, 3))),
        };
        return random.Next(5) switch
        {
            0 or 1 => flowMod,
            2 => flowMod with { Command = FlowModCommand.ModifyStrict },
            3 => flowMod with { Command = FlowModCommand.DeleteStrict },
            _ => flowMod with { Command = FlowModCommand.Delete },
        };
    }
}
