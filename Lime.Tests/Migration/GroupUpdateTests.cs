using Lime.Core.Migration;
using Lime.OpenFlow;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;
using Lime.Tests.Hosting;
using NUnit.Framework;

namespace Lime.Tests.Migration;

/// <remarks>Goal: a group changes while two instances live as a rule does (H-60, H-29). Method: questions and answers
/// lead to one group, by rules of their own and by another group; its buckets write a version into the packets, and s3
/// is slow to change.</remarks>
public sealed class GroupUpdateTests
{
    private static readonly GroupId Versioned = new(1);
    private static readonly GroupId Between = new(2);

    [Test]
    public void An_answer_never_meets_older_buckets_than_its_question([Range(1, 5)] int seed)
    {
        using FigureThreeBed lab = NewLab(seed);
        var random = new Random(seed);
        var trace = new QuestionTrace(lab);
        IMigration migration = lab.StartAndStopHalfway();
        ITimer questions = trace.Ask();
        lab.Bed.RunMs(15);
        for (byte version = 1; version <= 15; version++)
        {
            Change(lab, GroupModCommand.Modify, version);
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
        Assert.That(lab.Moved.Updates.Counts.Held, Is.GreaterThan(0));
        ulong counted = lab.Bed.Flows(lab.Moved).Where(each => each.Priority == 500)
            .Aggregate(0ul, (sum, each) => sum + each.PacketCount);
        Assert.That(counted, Is.EqualTo((ulong)trace.Exchanges * 2), "each packet once");
        GroupStatistics group = lab.Bed.Await(() => lab.Moved.GetGroupStatisticsAsync(Versioned)).Single();
        Assert.That(group.PacketCount, Is.EqualTo((ulong)trace.Exchanges * 2));
        Assert.That(lab.App.PacketIns, Is.Empty, "held packets are not the app's");
        Assert.That(lab.ReleaseAndFinish(migration).Phase, Is.EqualTo(MigrationPhase.Completed));
    }

    /// <remarks>Nothing leads to it: there is nothing to guard.</remarks>
    [Test]
    public void A_group_that_no_rule_leads_to_changes_without_a_guard()
    {
        using FigureThreeBed lab = NewLab(1);
        var unused = new GroupMod(GroupModCommand.Add, GroupType.Indirect, new GroupId(9), [Bucket(0)]);
        lab.Bed.Do(() => lab.Moved.Send(unused));
        IMigration migration = lab.StartAndStopHalfway();
        lab.Bed.Do(() => lab.Moved.Send(unused with { Command = GroupModCommand.Modify, Buckets = [Bucket(7)] }));
        lab.Bed.Barrier(lab.Moved);
        Assert.That(lab.Moved.Updates.Counts.Updates, Is.Zero);
        GroupDescription[] groups = [.. lab.S3.Groups.Concat(lab.S4.Groups).Where(each => each.Group.Value == 9)];
        Assert.That(groups.Select(each => each.Buckets[0].Actions[0]), Is.All.EqualTo(FlowAction.SetIpTos(28)));
        lab.ReleaseAndFinish(migration);
    }

    private static FigureThreeBed NewLab(int seed)
    {
        var lab = new FigureThreeBed(OpenFlowVersion.V13, new FigureThreeOptions { Seed = seed });
        Change(lab, GroupModCommand.Add, 0);
        lab.Bed.Do(() => lab.Moved.Send(new GroupMod(GroupModCommand.Add, GroupType.Indirect, Between,
            [new GroupBucket(ActionList.Of(FlowAction.Group(Versioned)))])));
        lab.Bed.Barrier(lab.Moved);
        lab.Bed.Send(lab.Moved, Rule(1, Versioned));
        lab.Bed.Send(lab.Moved, Rule(2, Between));
        lab.Bed.Barrier(lab.Moved);
        Assert.That(lab.App.Errors, Is.Empty);
        return lab;
    }

    private static FlowMod Rule(uint inPort, GroupId group) => new()
    {
        Match = FigureThreeBed.UdpTo(9).WithInPort(new PortNumber(inPort)),
        Priority = 500,
        Actions = ActionList.Of(FlowAction.Group(group)),
    };

    private static void Change(FigureThreeBed lab, GroupModCommand command, byte version) =>
        lab.Bed.Do(() => lab.Moved.Send(new GroupMod(
            command, GroupType.All, Versioned, [Bucket(version, 1), Bucket(version, 2)])));

    /// <summary>Never back to where a packet came from.</summary>
    private static GroupBucket Bucket(byte version, uint port = 1) => new(ActionList.Of(
        FlowAction.SetIpTos((byte)(version * 4)), FlowAction.Output(new PortNumber(port))));
}
