using System.Buffers.Binary;
using Lime.Core.Emulation;
using Lime.Core.Migration;
using Lime.OpenFlow;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.Tests.Apps;
using Lime.Tests.Hosting;
using NUnit.Framework;

namespace Lime.Tests.Migration;

/// <remarks>Goal: an app sees a question before its answer, though they cross different instances (paper section 4.1;
/// H-08, H-09). Method: a rule forwards and sends to the controller; questions go by s4, whose control channel pauses
/// now and then, answers come by s3. Were the rule left alone on the clones, answers would overtake.</remarks>
[TestFixture(OpenFlowVersion.V10)]
[TestFixture(OpenFlowVersion.V13)]
public sealed class ControllerFirstTests(OpenFlowVersion version)
{
    private const ushort Port = 9;
    private const int NumberAt = 42;
    private static readonly Cookie Mine = new(0x1234_5678_9abc_def0);

    [Test]
    public void An_app_sees_every_question_before_its_answer(
        [Values("before", "while", "modified")] string added, [Range(1, 2)] int seed)
    {
        using var lab = new FigureThreeBed(version, new FigureThreeOptions { Seed = seed });
        if (added != "while") Add(lab, Rule(isPlain: added == "modified"));
        AnswerAll(lab);
        IMigration migration = lab.StartAndStopHalfway();
        if (added == "while") Add(lab, Rule());
        if (added == "modified") Add(lab, Rule() with { Command = FlowModCommand.ModifyStrict });
        uint asked = Ask(lab, 60, () => lab.S4.StallControl(true), () => lab.S4.StallControl(false));
        Assert.That(lab.S4.Flows.Single(each => each.Priority == 300).Actions, Is.EqualTo(ActionList.ToController));
        AssertQuestionsFirst(lab.App.PacketIns, asked);
        Assert.That(lab.App.PacketIns.Select(each => each.Reason), Is.All.EqualTo(PacketInReason.Action));
        if (version == OpenFlowVersion.V13)
            Assert.That(lab.App.PacketIns.Select(each => each.Cookie), Is.All.EqualTo(Mine), "the rule's, not ours");
        Assert.That(lab.Moved.ControllerFirst.Forwarded, Is.EqualTo(2 * asked));
        Assert.That(lab.ReleaseAndFinish(migration).Phase, Is.EqualTo(MigrationPhase.Completed));
        AssertRestored(lab, asked);
    }

    /// <remarks>Packets all the time: none is lost, doubled, or seen twice by the app where the rule changes its
    /// form. Where packet-ins name no rule one may be, between a change and its barrier.</remarks>
    [Test]
    public void Nothing_is_lost_or_seen_twice_as_the_rule_changes_its_form([Range(1, 4)] int seed)
    {
        using var lab = new FigureThreeBed(version, new FigureThreeOptions { Seed = seed });
        Add(lab, Rule());
        AnswerAll(lab);
        uint asked = 0;
        TimeSpan interval = TimeSpan.FromMilliseconds(0.9);
        ITimer questions = lab.Bed.Loop.Time.CreateTimer(_ => AskOne(lab, ++asked), null, interval, interval);
        lab.Bed.RunMs(20);
        MigrationProgress end = lab.Migrate(FigureThreeBed.Plan());
        Assert.That(end.Phase, Is.EqualTo(MigrationPhase.Completed), end.Detail);
        lab.Bed.RunMs(20);
        questions.Dispose();
        lab.Bed.RunMs(50);
        int tolerance = version == OpenFlowVersion.V10 ? 2 : 0;
        if (tolerance == 0) AssertQuestionsFirst(lab.App.PacketIns, asked);
        Assert.That(lab.H1.Counters.Received, Is.EqualTo(asked).Within((uint)tolerance), "each answer once");
        Assert.That(CountOf(lab), Is.EqualTo((ulong)asked * 2).Within((ulong)tolerance * 2));
    }

    [Test]
    public void An_aborted_migration_gives_the_rule_back()
    {
        using var lab = new FigureThreeBed(version);
        Add(lab, Rule());
        IMigration migration = lab.StartAndStopHalfway();
        Assert.That(lab.S3.Flows.Single(each => each.Priority == 300).Actions, Is.EqualTo(ActionList.ToController));
        lab.Bed.Network.Switch("s2").StallControl(false);
        _ = migration.AbortAsync("test");
        Assert.That(lab.Finish(migration).Phase, Is.EqualTo(MigrationPhase.Aborted));
        Assert.That(lab.RulesOf(lab.S3), Is.EqualTo(ControllerBed.Describe(lab.Bed.Flows(lab.Moved))));
    }

    private static FlowMod Rule(bool isPlain = false) => new()
    {
        Match = FigureThreeBed.UdpTo(Port),
        Priority = 300,
        Cookie = Mine,
        Actions = isPlain
            ? ActionList.Of(ToBoth)
            : ActionList.Of([FlowAction.Output(PortNumber.Controller), .. ToBoth]),
    };

    /// <summary>Never back to where it came from (OpenFlow 1.0.0 section 5.2.4).</summary>
    private static FlowAction[] ToBoth => [FlowAction.Output(new(1)), FlowAction.Output(new(2))];

    private static void Add(FigureThreeBed lab, FlowMod rule)
    {
        lab.Bed.Send(lab.Moved, rule);
        lab.Bed.Barrier(lab.Moved);
    }

    private static void AnswerAll(FigureThreeBed lab)
    {
        lab.H2.ReceiveUdp(Port, (EmulatedHost host, in UdpDatagram datagram) =>
            host.SendUdp(datagram.Source, Port, Port, datagram.Payload));
        lab.H1.ReceiveUdp(Port, (EmulatedHost _, in UdpDatagram _) => { });
    }

    private static uint Ask(FigureThreeBed lab, uint count, Action pause, Action goOn)
    {
        for (uint i = 1; i <= count; i++)
        {
            AskOne(lab, i);
            if (i % 10 == 3) pause();
            if (i % 10 == 8) goOn();
            lab.Bed.RunMs(1.3);
        }
        goOn();
        lab.Bed.RunMs(50);
        return count;
    }

    private static void AskOne(FigureThreeBed lab, uint number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        lab.H1.SendUdp(lab.H2.Ip, Port, Port, bytes);
    }

    private static void AssertQuestionsFirst(List<PacketSeen> seen, uint asked)
    {
        var questions = new HashSet<uint>();
        var answers = new HashSet<uint>();
        foreach (PacketSeen each in seen)
        {
            uint number = BinaryPrimitives.ReadUInt32BigEndian(each.Frame.AsSpan(NumberAt));
            if (each.InPort.Value == 1) Assert.That(questions.Add(number), Is.True, $"question {number} once");
            else Assert.That(questions.Contains(number) && answers.Add(number), Is.True, $"answer {number} behind");
        }
        Assert.That((questions.Count, answers.Count), Is.EqualTo(((int)asked, (int)asked)));
    }

    private static ulong CountOf(FigureThreeBed lab) =>
        lab.Bed.Flows(lab.Moved).Single(each => each.Priority == 300).PacketCount;

    private static void AssertRestored(FigureThreeBed lab, uint asked)
    {
        Assert.That(CountOf(lab), Is.EqualTo((ulong)asked * 2), "each packet once");
        Assert.That(lab.RulesOf(lab.S4), Is.EqualTo(ControllerBed.Describe(lab.Bed.Flows(lab.Moved))));
        AskOne(lab, asked + 1);
        lab.Bed.RunMs(20);
        AssertQuestionsFirst(lab.App.PacketIns, asked + 1);
        Assert.That(lab.Moved.ControllerFirst.Forwarded, Is.EqualTo(2 * asked), "the switch does it again");
    }
}
