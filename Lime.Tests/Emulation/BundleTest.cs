using Lime.Core.Emulation;
using Lime.OpenFlow;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Wire;
using NUnit.Framework;

namespace Lime.Tests.Emulation;

/// <summary>Bundles of an emulated switch (ONF extension 230, OpenFlow 1.4.0 section 6.8).</summary>
internal sealed class BundleTest
{
    private static readonly BundleId Id = new(7);

    private SwitchBed _bed = null!;

    private ScriptedController Controller => _bed.Controller;

    [SetUp]
    public void SetUp() => _bed = new SwitchBed(version: OpenFlowVersion.V13);

    [TearDown]
    public void TearDown() => _bed.Dispose();

    [Test]
    public void Nothing_happens_before_the_commit_and_all_of_it_then()
    {
        Assert.That(Ask(BundleControlType.OpenRequest), Is.EqualTo(BundleControlType.OpenReply));
        AddMessage(new GroupMod(GroupModCommand.Add, GroupType.Indirect, new(1),
            [new GroupBucket(ActionList.Output(new(2)))]));
        Add(new FlowMod { Actions = ActionList.Of(FlowAction.Group(new(1))) });
        Add(new FlowMod { Table = new(1) });
        Assert.That(Ask(BundleControlType.CloseRequest), Is.EqualTo(BundleControlType.CloseReply));
        Assert.That(_bed.Switch.FlowCount, Is.Zero);
        Assert.That(Ask(BundleControlType.CommitRequest), Is.EqualTo(BundleControlType.CommitReply));
        Assert.That((_bed.Switch.FlowCount, _bed.Switch.Counters.FlowModsApplied), Is.EqualTo((2, 2L)));
        _bed.SendFrom("h1", TestFrames.Udp());
        Assert.That((_bed.DeliveredTo, Controller.All<ErrorMessage>().Count()), Is.EqualTo(("h2", 0)));
    }

    /// <remarks>OpenFlow 1.4.0 section 6.8: if one message fails none is applied; the error names that message, and
    /// the commit fails too.</remarks>
    [Test]
    public void A_message_that_fails_takes_back_all_before_it()
    {
        FlowMod kept = new()
        {
            Cookie = new(5),
            Flags = FlowModFlags.SendFlowRemoved,
            Actions = ActionList.Output(new(2)),
        };
        Controller.Send(kept);
        Controller.Send(kept with { Priority = 9 });
        Controller.Barrier();
        _bed.SendFrom("h1", TestFrames.Udp());
        string before = Rules();
        Ask(BundleControlType.OpenRequest);
        Add(new FlowMod
        {
            Command = FlowModCommand.Modify,
            Actions = ActionList.Output(new(3)),
            Flags = FlowModFlags.ResetCounts,
        });
        Add(new FlowMod { Command = FlowModCommand.Delete, Table = TableId.All });
        Add(new FlowMod { Actions = ActionList.Flood });
        AddMessage(new GroupMod(GroupModCommand.Add, GroupType.All, new(1), []));
        AddMessage(new MeterMod(MeterModCommand.Add, MeterFlags.KilobitsPerSecond, new(1),
            [new MeterBand(MeterBandType.Drop, 5, 0)]));
        Xid bad = Add(new FlowMod { Table = new(200) });
        Assert.That(() => Ask(BundleControlType.CommitRequest), Throws.Exception, "an error");
        (Xid xid, OpenFlowMessage message) = Controller.Messages.First(item => item.Message is ErrorMessage);
        Assert.That((xid, ((ErrorMessage)message).Code), Is.EqualTo((bad, ErrorCodes.FlowModBadTableId)));
        Assert.That(Controller.All<FlowRemoved>(), Is.Empty, "nothing went");
        Assert.That(Rules(), Is.EqualTo(before));
        Controller.Send(new FlowMod { Table = new(1), Actions = ActionList.Of(FlowAction.Group(new(1))) });
        Controller.Barrier();
        Assert.That(Controller.All<ErrorMessage>().Last().Code, Is.EqualTo(ErrorCodes.ActionBadOutGroup));
        _bed.SendFrom("h1", TestFrames.Udp());
        Assert.That(_bed.DeliveredTo, Is.EqualTo("h2 h2"));
    }

    [Test]
    public void Removed_rules_are_told_when_the_bundle_is_carried_out()
    {
        Controller.Send(new FlowMod { Flags = FlowModFlags.SendFlowRemoved });
        Ask(BundleControlType.OpenRequest);
        Add(new FlowMod { Command = FlowModCommand.Delete });
        Ask(BundleControlType.CommitRequest);
        Controller.Barrier();
        Assert.That(Controller.All<FlowRemoved>().Count(), Is.EqualTo(1));
    }

    [Test]
    public void A_dropped_bundle_changes_nothing()
    {
        Ask(BundleControlType.OpenRequest);
        Add(new FlowMod());
        Assert.That(Ask(BundleControlType.DiscardRequest), Is.EqualTo(BundleControlType.DiscardReply));
        Assert.That(_bed.Switch.FlowCount, Is.Zero);
        Assert.That(() => Ask(BundleControlType.CommitRequest), Throws.Exception);
    }

    [Test]
    public void Misuse_is_refused_by_the_extensions_errors()
    {
        Ask(BundleControlType.OpenRequest);
        SendControl(BundleControlType.OpenRequest);
        SendControl(BundleControlType.CloseReply);
        Controller.Send(new BundleControl(new(99), BundleControlType.CloseRequest, BundleFlags.Ordered));
        Controller.Send(new BundleAdd(Id, BundleFlags.None, Frame(new BarrierRequest(), Controller.Channel.NextXid())));
        SendControl(BundleControlType.CloseRequest);
        Add(new FlowMod());
        Controller.Barrier();
        Assert.That(string.Join(' ', Controller.All<ErrorMessage>().Select(error => error.Code)), Is.EqualTo(
            $"{BundleErrorCodes.Exists} {BundleErrorCodes.BadType} {BundleErrorCodes.BadId} "
            + $"{BundleErrorCodes.BadFlags} {BundleErrorCodes.Closed}"));
        Assert.That(Controller.All<ErrorMessage>().Select(error => error.Bytes[..4]),
            Is.All.EqualTo((byte[])[0x4f, 0x4e, 0x46, 0]));
    }

    /// <remarks>A bundle takes the time of its flow-mods.</remarks>
    [Test]
    public void A_bundle_is_carried_out_at_the_switchs_rate()
    {
        using var bed = new SwitchBed(new EmulatedSwitchOptions { FlowModsPerSecond = 10 }, OpenFlowVersion.V13);
        _bed.Dispose();
        _bed = bed;
        Ask(BundleControlType.OpenRequest);
        for (ushort i = 0; i < 20; i++) Add(new FlowMod { Priority = i });
        TimeSpan begin = bed.Network.Now;
        Ask(BundleControlType.CommitRequest);
        Assert.That((bed.Network.Now - begin).TotalSeconds, Is.EqualTo(2).Within(0.01));
    }

    private static System.Collections.Immutable.ImmutableArray<byte> Frame(OpenFlowMessage message, Xid xid)
    {
        var frame = new byte[OpenFlowCodecs.V13.SizeOf(message)];
        OpenFlowCodecs.V13.Write(frame, xid, message);
        return [.. frame];
    }

    private BundleControlType Ask(BundleControlType type)
    {
        var request = new BundleControl(Id, type, BundleFlags.Ordered | BundleFlags.Atomic);
        return ((BundleControl)Controller.AskUnpaired(request)).Type;
    }

    private void SendControl(BundleControlType type) =>
        Controller.Send(new BundleControl(Id, type, BundleFlags.Ordered | BundleFlags.Atomic));

    private Xid Add(in FlowMod mod)
    {
        Xid xid = Controller.Channel.NextXid();
        var frame = new byte[OpenFlowCodecs.V13.SizeOf(mod)];
        OpenFlowCodecs.V13.Write(frame, xid, mod);
        Controller.Channel.Send(xid, new BundleAdd(Id, BundleFlags.Ordered | BundleFlags.Atomic, [.. frame]));
        return xid;
    }

    private void AddMessage(OpenFlowMessage message)
    {
        Xid xid = Controller.Channel.NextXid();
        Controller.Channel.Send(xid,
            new BundleAdd(Id, BundleFlags.Ordered | BundleFlags.Atomic, Frame(message, xid)));
    }

    private string Rules() => string.Join('\n', _bed.Switch.Flows.OrderBy(flow => flow.Priority).Select(
        flow => $"{flow.Table} {flow.Match} {flow.Priority} {flow.Cookie} {flow.Actions} {flow.PacketCount}"));
}
