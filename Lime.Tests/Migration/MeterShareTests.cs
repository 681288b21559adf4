using System.Collections.Immutable;
using Lime.Core.Emulation;
using Lime.Core.Migration;
using Lime.Core.Rules;
using Lime.OpenFlow;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;
using NUnit.Framework;

namespace Lime.Tests.Migration;

/// <remarks>Goal: a meter's rate stays the rate of one switch, be it that traffic passes two instances (H-61). Method:
/// a meter of 200 packets a second for both directions, each with 1,000 a second; h1's packets pass s4,
/// h2's s3.</remarks>
public sealed class MeterShareTests
{
    private const ushort Port = 7;
    private const uint Rate = 200;
    private const uint Burst = Rate / 10;
    private static readonly MeterId Meter = new(7);

    private int _passed;
    private int _sent;

    [Test]
    public void Two_instances_together_pass_no_more_than_the_rate([Range(1, 2)] int seed)
    {
        using FigureThreeBed lab = NewLab(seed);
        IMigration migration = lab.StartAndStopHalfway();
        Send(lab, seconds: 5, isOneSided: false);
        Assert.That(_passed, Is.LessThanOrEqualTo((5 * Rate) + (2 * Burst)));
        Assert.That(_passed, Is.GreaterThan(5 * Rate * 0.7));
        AssertMeter(lab);
        Assert.That(lab.ReleaseAndFinish(migration).Phase, Is.EqualTo(MigrationPhase.Completed));
        AssertMeter(lab);
    }

    [Test]
    public void Traffic_by_one_instance_gets_most_of_the_rate()
    {
        using FigureThreeBed lab = NewLab(1);
        IMigration migration = lab.StartAndStopHalfway();
        Send(lab, seconds: 3, isOneSided: true);
        Assert.That(_passed, Is.LessThanOrEqualTo((3 * Rate) + (2 * Burst)));
        Assert.That(lab.Moved.MeterShares.Rebalances, Is.GreaterThan(0));
        _passed = 0;
        Send(lab, seconds: 5, isOneSided: true);
        Assert.That(_passed, Is.InRange(5 * Rate * 0.8, (5 * Rate) + Burst));
        Assert.That(lab.Moved.MeterShares.Rebalances, Is.LessThan(3), "it has settled");
        Assert.That(lab.ReleaseAndFinish(migration).Phase, Is.EqualTo(MigrationPhase.Completed));
        lab.Bed.RunMs(12_000);
        AssertGivenBack(lab, lab.S4);
    }

    [Test]
    public void An_aborted_migration_gives_the_meter_back_whole()
    {
        using FigureThreeBed lab = NewLab(1);
        IMigration migration = lab.StartAndStopHalfway();
        lab.Bed.Network.Switch("s2").StallControl(false);
        _ = migration.AbortAsync("test");
        Assert.That(lab.Finish(migration).Phase, Is.EqualTo(MigrationPhase.Aborted));
        lab.Bed.RunMs(12_000);
        AssertGivenBack(lab, lab.S3);
    }

    /// <remarks>What the app changes or adds meanwhile is shared too; what it is shown is what it gave.</remarks>
    [Test]
    public void A_meter_changed_while_cloned_is_shared_and_shown_whole()
    {
        using FigureThreeBed lab = NewLab(1);
        IMigration migration = lab.StartAndStopHalfway();
        MeterMod changed = Mod(MeterModCommand.Modify, 1000);
        lab.Bed.Do(() => lab.Moved.Send(changed));
        lab.Bed.Barrier(lab.Moved);
        uint[] rates = [lab.S3.Meters.Single().Bands[0].Rate, lab.S4.Meters.Single().Bands[0].Rate];
        Assert.That(rates[0] + rates[1], Is.InRange(850u, 900u));
        MeterConfiguration shown = lab.Bed.Await(() => lab.Moved.GetMetersAsync()).Single();
        Assert.That((shown.Flags, shown.Bands[0].Rate, shown.Bands[0].BurstSize),
            Is.EqualTo((changed.Flags, 1000u, 0u)));
        Assert.That(lab.App.Errors, Is.Empty);
        lab.ReleaseAndFinish(migration);
    }

    [Test]
    public void A_rate_that_cannot_be_divided_forbids_the_clone()
    {
        using FigureThreeBed lab = NewLab(1);
        lab.Bed.Do(() => lab.Moved.Send(Mod(MeterModCommand.Modify, 3)));
        lab.Bed.Barrier(lab.Moved);
        MigrationProgress end = lab.Migrate(FigureThreeBed.Plan());
        Assert.That(end.Phase, Is.EqualTo(MigrationPhase.Aborted));
        Assert.That(end.Detail, Does.Contain("Meter 7"));
    }

    /// <remarks>Whatever the part: nine tenths and two bursts of together a tenth.</remarks>
    [Test]
    public void Shares_add_up_to_no_more_than_the_rate([Values(4u, 13u, 100u, 1_000_000u)] uint rate)
    {
        MeterMod whole = Mod(MeterModCommand.Add, rate);
        for (double part = 0.0625; part < 1; part += 0.0625)
        {
            MeterBand a = MeterDivision.Divide(whole, part).Bands[0];
            MeterBand b = MeterDivision.Divide(whole, 1 - part).Bands[0];
            Assert.That(a.Rate + b.Rate + a.BurstSize + b.BurstSize, Is.LessThanOrEqualTo(rate));
            Assert.That(new[] { a.Rate, b.Rate, a.BurstSize, b.BurstSize }, Has.None.Zero);
        }
    }

    private FigureThreeBed NewLab(int seed)
    {
        _passed = 0;
        _sent = 0;
        var lab = new FigureThreeBed(OpenFlowVersion.V13, new FigureThreeOptions { Seed = seed });
        lab.Bed.Do(() => lab.Moved.Send(Mod(MeterModCommand.Add, Rate)));
        lab.Bed.Barrier(lab.Moved);
        for (uint inPort = 1; inPort <= 2; inPort++)
        {
            lab.Bed.Send(lab.Moved, new FlowMod
            {
                Match = FigureThreeBed.UdpTo(Port).WithInPort(new PortNumber(inPort)),
                Priority = 300,
                Actions = ActionList.Output(new PortNumber(3 - inPort)),
                Instructions = new FlowInstructions { Meter = Meter },
            });
        }
        lab.Bed.Barrier(lab.Moved);
        Assert.That(lab.App.Errors, Is.Empty);
        lab.H1.ReceiveUdp(Port, (EmulatedHost _, in UdpDatagram _) => _passed++);
        lab.H2.ReceiveUdp(Port, (EmulatedHost _, in UdpDatagram _) => _passed++);
        return lab;
    }

    private void Send(FigureThreeBed lab, int seconds, bool isOneSided)
    {
        for (int ms = 0; ms < seconds * 1000; ms++)
        {
            lab.H1.SendUdp(lab.H2.Ip, Port, Port, [1]);
            if (!isOneSided) lab.H2.SendUdp(lab.H1.Ip, Port, Port, [1]);
            _sent += isOneSided ? 1 : 2;
            lab.Bed.RunMs(1);
        }
        lab.Bed.RunMs(20);
    }

    /// <summary>The counters are those of one meter: every packet, and those that it dropped, but for some that fell
    /// between the reading of a band that begins anew and its change.</summary>
    private void AssertMeter(FigureThreeBed lab)
    {
        MeterStatistics meter = lab.Bed.Await(() => lab.Moved.GetMeterStatisticsAsync(Meter)).Single();
        Assert.That(meter.PacketCount, Is.EqualTo((ulong)_sent));
        Assert.That((int)meter.Bands[0].PacketCount, Is.InRange(_sent - _passed - 10, _sent - _passed));
    }

    private static void AssertGivenBack(FigureThreeBed lab, EmulatedSwitch node)
    {
        MeterConfiguration meter = node.Meters.Single();
        Assert.That((meter.Flags, meter.Bands[0].Rate, meter.Bands[0].BurstSize),
            Is.EqualTo((MeterFlags.PacketsPerSecond, Rate, 0u)));
        Assert.That(lab.App.Errors, Is.Empty);
    }

    private static MeterMod Mod(MeterModCommand command, uint rate)
    {
        ImmutableArray<MeterBand> bands = [new MeterBand(MeterBandType.Drop, rate, 0)];
        return new MeterMod(command, MeterFlags.PacketsPerSecond, Meter, bands);
    }
}
