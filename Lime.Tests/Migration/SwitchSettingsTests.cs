using Lime.Core.Emulation;
using Lime.Core.Hosting;
using Lime.Core.Migration;
using Lime.OpenFlow;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.Tests.Apps;
using Lime.Tests.Hosting;
using NUnit.Framework;

namespace Lime.Tests.Migration;

/// <remarks>Goal: what an app sets by SET_CONFIG is part of its switch, wherever that is (H-06, H-55). Method: Figure 3
/// in virtual time; packets to a port that no rule is for come up from s3 and s4.</remarks>
[TestFixture(OpenFlowVersion.V10)]
[TestFixture(OpenFlowVersion.V13)]
public sealed class SwitchSettingsTests(OpenFlowVersion version)
{
    private const ushort Port = 8;
    private const ushort DropFragments = 1;
    private static readonly PortNumber One = new(1);
    private static readonly PortNumber Two = new(2);

    [Test]
    public void Every_instance_drops_fragments_and_one_that_leaves_does_no_more()
    {
        using FigureThreeBed lab = NewLab();
        Assert.That(ConfigOf(lab), Is.EqualTo(new GetConfigReply(0, ushort.MaxValue)), "before it is set");
        Set(lab, DropFragments, 128);
        Assert.That(ConfigOf(lab), Is.EqualTo(new GetConfigReply(DropFragments, 128)));
        Assert.That(lab.S3.Configuration, Is.EqualTo(new SetConfig(DropFragments, ushort.MaxValue)));

        AssertCompleted(lab.Migrate(FigureThreeBed.Plan()));

        Assert.That(lab.S4.Configuration.Flags, Is.EqualTo(DropFragments));
        Assert.That(lab.S3.Configuration, Is.EqualTo(new SetConfig(0, ushort.MaxValue)));
        Assert.That(ConfigOf(lab), Is.EqualTo(new GetConfigReply(DropFragments, 128)));
        Assert.That(lab.App.Errors, Is.Empty);
    }

    [Test]
    public void While_cloned_it_is_set_at_both_and_an_abort_leaves_it_at_the_source()
    {
        using FigureThreeBed lab = NewLab();
        IMigration migration = lab.StartAndStopHalfway();
        Set(lab, DropFragments, ushort.MaxValue);
        Assert.That(
            (lab.S3.Configuration.Flags, lab.S4.Configuration.Flags), Is.EqualTo((DropFragments, DropFragments)));
        lab.Bed.Do(() => migration.AbortAsync("enough"));
        Assert.That(lab.ReleaseAndFinish(migration).Phase, Is.EqualTo(MigrationPhase.Aborted));

        Assert.That((lab.S3.Configuration.Flags, lab.S4.Configuration.Flags), Is.EqualTo((DropFragments, (ushort)0)));
    }

    [Test]
    public void A_switch_that_comes_back_is_set_again()
    {
        using FigureThreeBed lab = NewLab();
        Set(lab, DropFragments, 128);
        lab.S3.Disconnect();
        lab.Bed.RunMs(10);
        lab.Bed.Connect(lab.S3);
        lab.Bed.RunMs(50);

        Assert.That(lab.S3.Configuration, Is.EqualTo(new SetConfig(DropFragments, ushort.MaxValue)));
    }

    /// <remarks>The emulated switch of 1.3 can't put fragments together; 1.0 has no error for that.</remarks>
    [Test]
    public void What_the_switch_refuses_is_told_and_what_was_set_before_holds()
    {
        if (version == OpenFlowVersion.V10) Assert.Pass("OpenFlow 1.0 has no error for SET_CONFIG.");
        using FigureThreeBed lab = NewLab();
        Set(lab, DropFragments, 128);
        Xid refused = Set(lab, 2, 64);
        lab.Bed.RunMs(20);

        (Xid xid, ErrorMessage error) = lab.App.Errors.Single();
        Assert.That(
            (xid, error.Type, error.Code),
            Is.EqualTo((refused, ErrorType.SwitchConfigFailed, ErrorCodes.SwitchConfigBadFlags)));
        Assert.That(ConfigOf(lab), Is.EqualTo(new GetConfigReply(DropFragments, 128)));
        Assert.That(lab.S3.Configuration.Flags, Is.EqualTo(DropFragments));
    }

    /// <remarks>H-06: min(60, length) bytes, the true total_len, and the whole packet leaves; also when the instance
    /// that
    /// sent it up has gone.</remarks>
    [Test]
    public void Of_a_packet_that_no_rule_matched_apps_see_what_they_asked_for_and_all_of_it_leaves(
        [Values("alone", "cloned", "moved")] string when)
    {
        using FigureThreeBed lab = NewLab();
        Set(lab, 0, 60);
        DeletePath(lab);
        IMigration? migration = when == "alone" ? null : lab.StartAndStopHalfway();
        var arrived = new List<int>();
        lab.H2.ReceiveUdp(Port, (EmulatedHost _, in UdpDatagram each) => arrived.Add(each.Payload.Length));

        lab.H1.SendUdp(lab.H2.Ip, Port, Port, new byte[100]);
        lab.Bed.RunMs(20);
        PacketSeen seen = lab.App.PacketIns.Single();
        if (when == "moved") AssertCompleted(lab.ReleaseAndFinish(migration!));

        Assert.That((seen.Frame.Length, (int)seen.TotalBytes), Is.EqualTo((60, 142)));
        Assert.That((seen.Reason, seen.InPort), Is.EqualTo((PacketInReason.NoMatch, One)));
        Assert.That(seen.Buffer, Is.Not.EqualTo(BufferId.None));
        lab.Bed.Do(() => lab.Moved.Send(new PacketOut
        {
            BufferId = seen.Buffer,
            InPort = One,
            Actions = ActionList.Output(Two),
        }));
        lab.Bed.RunMs(20);
        Assert.That(arrived.Single(), Is.EqualTo(100));
        Assert.That(lab.App.Errors, Is.Empty);
        if (when == "cloned") AssertCompleted(lab.ReleaseAndFinish(migration!));
    }

    [Test]
    public void Short_packets_and_those_of_who_asked_for_all_are_shown_whole_and_are_not_held()
    {
        using FigureThreeBed lab = NewLab();
        DeletePath(lab);
        lab.H1.SendUdp(lab.H2.Ip, Port, Port, new byte[100]);
        lab.Bed.RunMs(20);
        Set(lab, 0, 60);
        Set(lab, 0, ushort.MaxValue);
        lab.H1.SendUdp(lab.H2.Ip, Port, Port, new byte[100]);
        lab.Bed.RunMs(20);

        Assert.That(
            lab.App.PacketIns.Select(each => (each.Frame.Length, each.Buffer)), Is.All.EqualTo((142, BufferId.None)));
        Assert.That(lab.App.PacketIns, Has.Count.EqualTo(2));
    }

    private FigureThreeBed NewLab() => new(version, new FigureThreeOptions
    {
        OtherRules = 0,
        Lime = new LimeOptions { TableMiss = TableMissTreatment.ToController },
    });

    private static Xid Set(FigureThreeBed lab, ushort flags, ushort missSendBytes)
    {
        Xid xid = lab.Bed.Do(() => lab.Moved.Send(new SetConfig(flags, missSendBytes))).Xid;
        lab.Bed.Barrier(lab.Moved);
        lab.Bed.RunMs(5);
        return xid;
    }

    private static GetConfigReply ConfigOf(FigureThreeBed lab) => lab.Bed.Await(() => lab.Moved.GetConfigAsync());

    private static void DeletePath(FigureThreeBed lab)
    {
        lab.Bed.Send(lab.Moved, new FlowMod { Command = FlowModCommand.Delete });
        lab.Bed.Barrier(lab.Moved);
    }

    private static void AssertCompleted(MigrationProgress end) =>
        Assert.That(end.Phase, Is.EqualTo(MigrationPhase.Completed), end.Detail);
}
