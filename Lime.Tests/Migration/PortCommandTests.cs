using Lime.Core.Emulation;
using Lime.Core.Hosting;
using Lime.Core.Migration;
using Lime.OpenFlow;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.Tests.Hosting;
using NUnit.Framework;

namespace Lime.Tests.Migration;

/// <remarks>Goal: what an app sets of a port or table is part of its switch, wherever that is (H-54). Method: Figure 3
/// in virtual time; s3's ports 1 and 2 are 5 and 6 at s4, with other addresses.</remarks>
[TestFixture(OpenFlowVersion.V10)]
[TestFixture(OpenFlowVersion.V13)]
public sealed class PortCommandTests(OpenFlowVersion version)
{
    private static readonly PortNumber PortTwo = new(2);

    [Test]
    public void A_port_is_set_in_the_instances_own_numbers_and_address_and_announced_as_the_virtual_one()
    {
        using FigureThreeBed lab = NewLab();
        Xid xid = lab.Bed.Do(() => lab.Moved.Send(Set(lab, PortConfig.NoPacketIn))).Xid;
        lab.Bed.Barrier(lab.Moved);
        lab.Bed.RunMs(10);

        Assert.That(ConfigOf(lab.S3, 2), Is.EqualTo(PortConfig.NoPacketIn));
        PortStatus told = lab.App.PortChanges.Single();
        Assert.That(
            (told.Port.Port, told.Port.Config, told.Port.HardwareAddress),
            Is.EqualTo((PortTwo, PortConfig.NoPacketIn, AddressOfTwo(lab))));
        Assert.That(xid.Value, Is.Not.Zero);
        Assert.That(lab.App.Errors, Is.Empty);
    }

    [Test]
    public void A_clone_made_later_is_set_alike_and_the_source_gets_back_what_it_had()
    {
        using FigureThreeBed lab = NewLab();
        const PortConfig Both = PortConfig.NoPacketIn | PortConfig.NoReceive;
        lab.Bed.Do(() => lab.Moved.Send(Set(lab, Both)));
        lab.Bed.Do(() => lab.Moved.Send(Set(lab, PortConfig.None, PortConfig.NoReceive)));
        lab.Bed.Barrier(lab.Moved);
        MacAddress address = AddressOfTwo(lab);

        AssertCompleted(lab.Migrate(FigureThreeBed.Plan()));

        Assert.That((ConfigOf(lab.S4, 6), ConfigOf(lab.S4, 5)), Is.EqualTo((PortConfig.NoPacketIn, PortConfig.None)));
        Assert.That(ConfigOf(lab.S3, 2), Is.EqualTo(PortConfig.None));
        Assert.That(AddressOfTwo(lab), Is.EqualTo(address), "what apps were shown once stays");
        AssertCompleted(lab.Migrate(FigureThreeBed.Plan(to: 3)));
        Assert.That(ConfigOf(lab.S3, 2), Is.EqualTo(PortConfig.NoPacketIn));
        Assert.That(ConfigOf(lab.S4, 6), Is.EqualTo(PortConfig.None));
        Assert.That(lab.App.Errors, Is.Empty);
    }

    [Test]
    public void While_cloned_a_port_is_set_at_both_instances_and_told_once()
    {
        using FigureThreeBed lab = NewLab();
        IMigration migration = lab.StartAndStopHalfway();
        lab.Bed.Do(() => lab.Moved.Send(Set(lab, PortConfig.NoPacketIn)));
        lab.Bed.Barrier(lab.Moved);
        lab.Bed.RunMs(10);

        Assert.That(
            (ConfigOf(lab.S3, 2), ConfigOf(lab.S4, 6)), Is.EqualTo((PortConfig.NoPacketIn, PortConfig.NoPacketIn)));
        Assert.That(lab.App.PortChanges.Select(each => each.Port.Port), Is.EqualTo(new[] { PortTwo }));
        AssertCompleted(lab.ReleaseAndFinish(migration));
        Assert.That(ConfigOf(lab.S4, 6), Is.EqualTo(PortConfig.NoPacketIn));
    }

    [Test]
    public void A_port_of_another_address_or_none_is_refused_with_the_apps_id_and_its_own_bytes()
    {
        using FigureThreeBed lab = NewLab();
        AssertCompleted(lab.Migrate(FigureThreeBed.Plan()));
        MacAddress physical = lab.S4.Ports.Single(each => each.Port.Value == 6).HardwareAddress;
        Assert.That(physical, Is.Not.EqualTo(AddressOfTwo(lab)));
        PortMod[] wrong =
        [
            Set(lab, PortConfig.NoReceive) with { HardwareAddress = physical },
            Set(lab, PortConfig.NoReceive) with { Port = new PortNumber(6) },
        ];
        Xid[] xids = [.. wrong.Select(each => lab.Bed.Do(() => lab.Moved.Send(each)).Xid)];
        lab.Bed.RunMs(10);

        Assert.That(lab.App.Errors.Select(each => each.Xid), Is.EqualTo(xids));
        Assert.That(lab.App.Errors.Select(each => each.Error.Type), Is.All.EqualTo(ErrorType.PortModFailed));
        Assert.That(
            lab.App.Errors.Select(each => each.Error.Code),
            Is.EqualTo(new[] { ErrorCodes.PortModBadHardwareAddress, ErrorCodes.PortModBadPort }));
        Assert.That(lab.App.Errors.Select(each => (int)each.Error.Bytes[0]), Is.All.EqualTo((int)version));
        Assert.That(ConfigOf(lab.S4, 6), Is.EqualTo(PortConfig.None));
    }

    [Test]
    public void A_switch_that_comes_back_without_it_is_set_again()
    {
        using FigureThreeBed lab = NewLab();
        lab.Bed.Do(() => lab.Moved.Send(Set(lab, PortConfig.NoPacketIn)));
        lab.Bed.Barrier(lab.Moved);
        lab.S3.Disconnect();
        lab.Bed.RunMs(10);
        PortDescription own = lab.S3.Ports.Single(each => each.Port == PortTwo);
        lab.S3.Install(new PortMod(PortTwo, own.HardwareAddress, PortConfig.None, PortConfig.NoPacketIn, 0));
        Assert.That(ConfigOf(lab.S3, 2), Is.EqualTo(PortConfig.None));
        lab.Bed.Connect(lab.S3);
        lab.Bed.RunMs(50);

        Assert.That(ConfigOf(lab.S3, 2), Is.EqualTo(PortConfig.NoPacketIn));
    }

    /// <remarks>A target that has only some of the tables refuses the rest: so it was asked. What the source has
    /// refused is not asked of a target.</remarks>
    [TestCase(6, 0u, MigrationPhase.Aborted)]
    [TestCase(2, 0u, MigrationPhase.Completed)]
    [TestCase(2, 8u, MigrationPhase.Completed)]
    [TestCase(77, 0u, MigrationPhase.Completed)]
    public void A_tables_configuration_goes_to_a_clone_unless_it_was_refused(
        int table, uint config, MigrationPhase end)
    {
        if (version == OpenFlowVersion.V10)
            Assert.Pass("OpenFlow 1.0 has no TABLE_MOD: see Wire/CodecV10LimitTests.");
        using FigureThreeBed lab = NewLab(new EmulatedSwitchOptions { TableCount = 4 });
        Xid xid = lab.Bed.Do(() => lab.Moved.Send(new TableMod(new TableId((byte)table), config))).Xid;
        lab.Bed.Barrier(lab.Moved);
        bool isRefused = table == 77 || config == 8;
        Assert.That(lab.App.Errors.Select(each => each.Xid), Is.EqualTo(isRefused ? new[] { xid } : []));

        MigrationProgress progress = lab.Migrate(FigureThreeBed.Plan());

        Assert.That(progress.Phase, Is.EqualTo(end), progress.Detail);
        if (end == MigrationPhase.Aborted) Assert.That(progress.Detail, Does.Contain("TableModFailed"));
    }

    [Test]
    public void A_TABLE_MOD_of_OpenFlow_1_0_is_refused_on_the_callers_line()
    {
        using FigureThreeBed lab = NewLab();
        UnsupportedByVersionException? thrown =
            lab.Bed.Do(() => Catch(() => lab.Moved.Send(new TableMod(TableId.All, 0))));

        Assert.That(thrown?.Message, version == OpenFlowVersion.V10 ? Does.Contain("TableMod") : Is.Null);
    }

    /// <remarks>FLOOD is a list of ports where a switch has ports of others too (OFPPC_NO_FLOOD, 1.0.0 section 5.2.1);
    /// 1.3 has no such bit.</remarks>
    [Test]
    public void A_port_that_floods_leave_out_is_left_out_at_every_instance()
    {
        using FigureThreeBed lab = NewLab();
        lab.Bed.Do(() => lab.Moved.Send(Set(lab, PortConfig.NoFlood)));
        if (version == OpenFlowVersion.V13)
        {
            lab.Bed.RunMs(10);
            ErrorMessage error = lab.App.Errors.Single().Error;
            Assert.That((error.Type, error.Code), Is.EqualTo((ErrorType.PortModFailed, ErrorCodes.PortModBadConfig)));
            return;
        }
        lab.Bed.Send(lab.Moved, Flooding(1, PortNumber.Flood));
        lab.Bed.Send(lab.Moved, Flooding(2, PortNumber.All));
        lab.Bed.Barrier(lab.Moved);
        Assert.That(OutputsOf(lab.S3), Is.EqualTo("1;1,2"));
        AssertCompleted(lab.Migrate(FigureThreeBed.Plan()));
        Assert.That(OutputsOf(lab.S4), Is.EqualTo("5;5,6"));
        IMigration back = lab.Start(FigureThreeBed.Plan(to: 3));
        lab.RunUntilPhase(back, MigrationPhase.Cloning);
        lab.Bed.Do(() => lab.Moved.Send(Set(lab, PortConfig.None, PortConfig.NoFlood)));
        AssertCompleted(lab.Finish(back));
        Assert.That(OutputsOf(lab.S3), Is.EqualTo("1,2;1,2"));
        Assert.That(lab.App.Errors, Is.Empty);
    }

    private FigureThreeBed NewLab(EmulatedSwitchOptions? target = null) => new(version, new FigureThreeOptions
    {
        OtherRules = 8,
        Target = target,
        Lime = new LimeOptions { CopyBatchRules = 8 },
    });

    private static FlowMod Flooding(int number, PortNumber to) => new()
    {
        Match = Match.Any.WithEthType(0x88b5).WithVlanId((ushort)number),
        Priority = (ushort)(5000 + number),
        Actions = ActionList.Output(to),
    };

    /// <summary>Where the flooding rules lead, by their priority.</summary>
    private static string OutputsOf(EmulatedSwitch node) => string.Join(';', node.Flows
        .Where(each => each.Priority > 5000).OrderBy(each => each.Priority)
        .Select(each => string.Join(',', each.Actions.Select(action => action.Port.Value).Order())));

    private static PortMod Set(FigureThreeBed lab, PortConfig config, PortConfig? mask = null) =>
        new(PortTwo, AddressOfTwo(lab), config, mask ?? config, 0);

    private static MacAddress AddressOfTwo(FigureThreeBed lab) =>
        lab.Moved.Ports.Single(each => each.Port == PortTwo).HardwareAddress;

    private static PortConfig ConfigOf(EmulatedSwitch node, uint port) =>
        node.Ports.Single(each => each.Port.Value == port).Config;

    private static void AssertCompleted(MigrationProgress end) =>
        Assert.That(end.Phase, Is.EqualTo(MigrationPhase.Completed), end.Detail);

    private static UnsupportedByVersionException? Catch(Func<object> action)
    {
        try
        {
            action();
            return null;
        }
        catch (UnsupportedByVersionException exception)
        {
            return exception;
        }
    }
}
