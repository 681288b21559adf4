using System.Collections.Immutable;
using Lime.OpenFlow;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;
using NUnit.Framework;

namespace Lime.Tests.Emulation;

/// <summary>Groups of an emulated switch (OpenFlow 1.3.5 sections 5.6 and 6.5).</summary>
internal sealed class GroupTest
{
    private SwitchBed _bed = null!;

    private ScriptedController Controller => _bed.Controller;

    [SetUp]
    public void SetUp() => _bed = new SwitchBed(version: OpenFlowVersion.V13);

    [TearDown]
    public void TearDown() => _bed.Dispose();

    [Test]
    public void All_gives_each_bucket_a_copy_of_its_own()
    {
        Add(1, GroupType.All,
            new GroupBucket(ActionList.Of(FlowAction.Output(new(2)), FlowAction.SetEthSource(new(7)))),
            new GroupBucket(ActionList.Output(new(3))));
        Rule(ActionList.Of(FlowAction.Group(new(1)), FlowAction.Output(new(3))));
        _bed.SendFrom("h1", TestFrames.Udp());
        Assert.That(_bed.DeliveredTo, Is.EqualTo("h2 h3 h3"));
        byte[] changed = _bed.Delivered.Single(item => item.Host == "h2").Frame;
        Assert.That(MacAddress.Read(changed.AsSpan(6)), Is.EqualTo(new MacAddress(7)), "a bucket is an action set");
        Assert.That(_bed.Delivered.Where(item => item.Host == "h3").Select(item => item.Frame),
            Is.All.EqualTo(TestFrames.Udp()));
    }

    /// <remarks>Section 5.6.1: a flow keeps its bucket, shares are as the weights.</remarks>
    [Test]
    public void Select_spreads_flows_by_weight_and_keeps_each_in_its_bucket()
    {
        Add(1, GroupType.Select,
            new GroupBucket(ActionList.Output(new(2))) { Weight = 1 },
            new GroupBucket(ActionList.Output(new(3))) { Weight = 3 });
        Rule(ActionList.Of(FlowAction.Group(new(1))));
        for (int round = 0; round < 2; round++)
        {
            for (ushort port = 0; port < 1000; port++) _bed.Network.Host("h1").SendFrame(TestFrames.Udp(port, 80));
            _bed.Run();
        }
        int toH3 = _bed.Delivered.Count(item => item.Host == "h3");
        Assert.That(toH3, Is.InRange(1400, 1600), "3 of 4");
        var hostOf = _bed.Delivered.GroupBy(item => Convert.ToHexString(item.Frame));
        Assert.That(hostOf.Select(flow => flow.Select(item => item.Host).Distinct().Count()), Is.All.EqualTo(1));
    }

    [Test]
    public void Fast_failover_takes_the_first_bucket_that_lives()
    {
        Add(2, GroupType.Indirect, new GroupBucket(ActionList.Output(new(3))));
        Add(1, GroupType.FastFailover,
            new GroupBucket(ActionList.Output(new(2))) { WatchPort = new(2) },
            new GroupBucket(ActionList.Of(FlowAction.Group(new(2)))) { WatchGroup = new(2) });
        Rule(ActionList.Of(FlowAction.Group(new(1))));
        _bed.SendFrom("h1", TestFrames.Udp());
        _bed.Network.SetLinkUp(_bed.Network.Link("s1-h2"), false);
        _bed.SendFrom("h1", TestFrames.Udp());
        _bed.Network.SetLinkUp(_bed.Network.Link("s1-h2"), true);
        _bed.SendFrom("h1", TestFrames.Udp());
        Assert.That(string.Join(' ', _bed.Delivered.Select(item => item.Host)), Is.EqualTo("h2 h3 h2"));
    }

    /// <remarks>Section 6.5 and 7.5.4.7.</remarks>
    [Test]
    public void What_a_group_cannot_be_is_refused()
    {
        Add(1, GroupType.Indirect, new GroupBucket(ActionList.Output(new(2))));
        Add(1, GroupType.Indirect, new GroupBucket(ActionList.Output(new(2))));
        Add(2, GroupType.Indirect);
        Add(3, GroupType.All, new GroupBucket(ActionList.Of(FlowAction.Group(new(77)))));
        Add(4, GroupType.All, new GroupBucket(ActionList.Of(FlowAction.Group(new(4)))));
        Add(5, GroupType.All, new GroupBucket(ActionList.Of(FlowAction.Group(new(1)))));
        Controller.Send(Mod(GroupModCommand.Modify, 1, GroupType.All,
            new GroupBucket(ActionList.Of(FlowAction.Group(new(5))))));
        Controller.Send(Mod(GroupModCommand.Modify, 6, GroupType.All));
        Controller.Send(Mod(GroupModCommand.Delete, 1, GroupType.All));
        Add(7, GroupType.FastFailover, new GroupBucket(ActionList.Output(new(2))));
        Add(8, GroupType.All, new GroupBucket(ActionList.Output(PortNumber.Normal)));
        Controller.Barrier();
        Assert.That(Controller.All<ErrorMessage>().Select(error => (error.Type, error.Code)), Is.EqualTo(new[]
        {
            (ErrorType.GroupModFailed, ErrorCodes.GroupExists), (ErrorType.GroupModFailed, ErrorCodes.GroupInvalid),
            (ErrorType.BadAction, ErrorCodes.ActionBadOutGroup), (ErrorType.GroupModFailed, ErrorCodes.GroupLoop),
            (ErrorType.GroupModFailed, ErrorCodes.GroupLoop), (ErrorType.GroupModFailed, ErrorCodes.GroupUnknown),
            (ErrorType.GroupModFailed, ErrorCodes.GroupChained), (ErrorType.GroupModFailed, ErrorCodes.GroupInvalid),
            (ErrorType.BadAction, ErrorCodes.ActionBadOutPort),
        }));
    }

    /// <remarks>Section 6.5: "all flow entries that include the group" go with it.</remarks>
    [Test]
    public void Rules_go_with_the_group_that_they_use()
    {
        Add(1, GroupType.Indirect, new GroupBucket(ActionList.Output(new(2))));
        FlowMod reported = new() { Flags = FlowModFlags.SendFlowRemoved };
        Controller.Send(reported with { Actions = ActionList.Of(FlowAction.Group(new(1))), Priority = 1 });
        Controller.Send(reported with
        {
            Table = new(1),
            Instructions = new() { WriteActions = ActionList.Of(FlowAction.Group(new(1))) },
        });
        Controller.Send(new FlowMod());
        Controller.Send(Mod(GroupModCommand.Delete, GroupId.All.Value, GroupType.All));
        Controller.Barrier();
        Assert.That(_bed.Switch.FlowCount, Is.EqualTo(1));
        Assert.That(Controller.All<FlowRemoved>().Select(removed => removed.Reason),
            Is.All.EqualTo(FlowRemovedReason.GroupDelete).And.Exactly(2).Items);
    }

    [Test]
    public void Groups_are_counted_described_and_changed()
    {
        Add(1, GroupType.All, new GroupBucket(ActionList.Output(new(2))), new GroupBucket(ActionList.Output(new(3))));
        Rule(ActionList.Of(FlowAction.Group(new(1))));
        _bed.SendFrom("h1", TestFrames.Udp());
        ulong bytes = (ulong)TestFrames.Udp().Length;
        GroupStatistics counted = Statistics();
        Assert.That((counted.ReferenceCount, counted.PacketCount, counted.ByteCount), Is.EqualTo((1u, 1ul, bytes)));
        Assert.That(counted.Buckets, Is.All.EqualTo(new BucketCounter(1, bytes)).And.Exactly(2).Items);
        var bucket = new GroupBucket(ActionList.Output(new(3)));
        Controller.Send(Mod(GroupModCommand.Modify, 1, GroupType.Indirect, bucket));
        Assert.That((Statistics().PacketCount, Statistics().Buckets.Single()), Is.EqualTo((1ul, new BucketCounter())));
        var described = (GroupDescriptionReply)Controller.AskAll(new GroupDescriptionRequest()).Single();
        Assert.That((described.Groups.Single().Type, described.Groups.Single().Buckets.Single()),
            Is.EqualTo((GroupType.Indirect, bucket)));
        var features = (GroupFeaturesReply)Controller.AskAll(new GroupFeaturesRequest()).Single();
        Assert.That((features.Types, features.GroupsMax[0]), Is.EqualTo((15u, 4096u)));
    }

    private static GroupMod Mod(GroupModCommand command, uint id, GroupType type, params GroupBucket[] buckets) =>
        new(command, type, new(id), [.. buckets]);

    private void Add(uint id, GroupType type, params GroupBucket[] buckets) =>
        Controller.Send(Mod(GroupModCommand.Add, id, type, buckets));

    private void Rule(ActionList actions)
    {
        Controller.Send(new FlowMod { Match = Match.Any.WithInPort(new(1)), Actions = actions });
        Controller.Barrier();
    }

    private GroupStatistics Statistics()
    {
        ImmutableArray<MultipartReply> parts = Controller.AskAll(new GroupStatisticsRequest(GroupId.All));
        return ((GroupStatisticsReply)parts.Single()).Groups.Single();
    }
}
