using Lime.OpenFlow;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;
using NUnit.Framework;

namespace Lime.Tests.Emulation;

/// <summary>Meters of an emulated switch (OpenFlow 1.3.5 sections 5.7 and 6.6).</summary>
internal sealed class MeterTest
{
    private SwitchBed _bed = null!;

    private ScriptedController Controller => _bed.Controller;

    [SetUp]
    public void SetUp() => _bed = new SwitchBed(version: OpenFlowVersion.V13);

    [TearDown]
    public void TearDown() => _bed.Dispose();

    /// <remarks>20 Mb/s are offered over 2 s to a meter of 10 Mb/s with a burst of 1 Mb: 21 Mb may pass.</remarks>
    [Test]
    public void A_drop_band_lets_its_rate_and_one_burst_pass()
    {
        Add(MeterFlags.KilobitsPerSecond | MeterFlags.Burst, new MeterBand(MeterBandType.Drop, 10_000, 1000));
        Rule();
        byte[] frame = TestFrames.Udp(payload: new string('x', 1250 - 42));
        Offer(frame, count: 4000, every: TimeSpan.FromMicroseconds(500));
        long passedBits = _bed.Delivered.Sum(item => item.Frame.Length * 8L);
        Assert.That(passedBits, Is.InRange(20_900_000, 21_000_000));
        MeterStatistics counted = Statistics();
        Assert.That((counted.FlowCount, counted.PacketCount), Is.EqualTo((1u, 4000ul)));
        Assert.That(counted.Bands.Single().PacketCount, Is.EqualTo(4000ul - (ulong)_bed.Delivered.Count));
    }

    [Test]
    public void A_band_may_count_packets()
    {
        Add(MeterFlags.PacketsPerSecond | MeterFlags.Burst, new MeterBand(MeterBandType.Drop, 100, 10));
        Rule();
        Offer(TestFrames.Udp(), count: 1000, every: TimeSpan.FromMilliseconds(1));
        Assert.That(_bed.Delivered, Has.Count.InRange(109, 110));
    }

    /// <remarks>Section 5.7.1: of the bands whose rate is exceeded the one with the highest rate applies; RFC 2597:
    /// AF11 becomes AF12, then AF13.</remarks>
    [Test]
    public void A_remark_band_marks_and_the_highest_band_that_is_exceeded_applies()
    {
        Add(MeterFlags.PacketsPerSecond | MeterFlags.Burst,
            new MeterBand(MeterBandType.DscpRemark, 1, 2) { PrecedenceLevel = 1 },
            new MeterBand(MeterBandType.DscpRemark, 2, 4) { PrecedenceLevel = 2 });
        Rule();
        byte[] frame = TestFrames.Udp();
        int sum = frame[24] * 256 + frame[25] - (10 << 2);
        frame[15] = 10 << 2;
        frame[24] = (byte)(sum >> 8);
        frame[25] = (byte)sum;
        for (int i = 0; i < 5; i++) _bed.Network.Host("h1").SendFrame(frame);
        _bed.Run();
        Assert.That(string.Join(' ', _bed.Delivered.Select(item => item.Frame[15] >> 2)), Is.EqualTo("10 10 12 12 14"));
        Assert.That(_bed.Delivered.Select(item => TestFrames.HasRightChecksums(item.Frame)), Is.All.True);
    }

    /// <remarks>Sections 6.6 and 7.5.4.13.</remarks>
    [Test]
    public void What_a_meter_cannot_be_is_refused_and_rules_go_with_their_meter()
    {
        var band = new MeterBand(MeterBandType.Drop, 1, 0);
        Add(MeterFlags.KilobitsPerSecond, band);
        Add(MeterFlags.KilobitsPerSecond, band);
        Controller.Send(new MeterMod(MeterModCommand.Add, MeterFlags.KilobitsPerSecond, new(0), [band]));
        Controller.Send(new MeterMod(MeterModCommand.Modify, MeterFlags.KilobitsPerSecond, new(9), [band]));
        Controller.Send(new MeterMod(MeterModCommand.Add,
            MeterFlags.KilobitsPerSecond | MeterFlags.PacketsPerSecond, new(9), [band]));
        Rule();
        Controller.Send(new MeterMod(MeterModCommand.Delete, MeterFlags.None, MeterId.All, []));
        Controller.Barrier();
        Assert.That(Controller.All<ErrorMessage>().Select(error => (error.Type, error.Code)), Is.EqualTo(new[]
        {
            (ErrorType.MeterModFailed, ErrorCodes.MeterExists), (ErrorType.MeterModFailed, ErrorCodes.MeterInvalid),
            (ErrorType.MeterModFailed, ErrorCodes.MeterUnknown), (ErrorType.MeterModFailed, ErrorCodes.MeterBadFlags),
        }));
        Assert.That(_bed.Switch.FlowCount, Is.Zero);
    }

    [Test]
    public void Meters_are_described()
    {
        var band = new MeterBand(MeterBandType.Drop, 1000, 0);
        Add(MeterFlags.KilobitsPerSecond, band);
        var config = (MeterConfigurationReply)Controller.AskAll(new MeterConfigurationRequest(new(1))).Single();
        Assert.That((config.Meters.Single().Flags, config.Meters.Single().Bands.Single()),
            Is.EqualTo((MeterFlags.KilobitsPerSecond, band)));
        var features = (MeterFeaturesReply)Controller.AskAll(new MeterFeaturesRequest()).Single();
        Assert.That((features.MetersMax, features.BandTypes), Is.EqualTo((4096u, 6u)));
    }

    private void Add(MeterFlags flags, params MeterBand[] bands) =>
        Controller.Send(new MeterMod(MeterModCommand.Add, flags, new(1), [.. bands]));

    private void Rule()
    {
        Controller.Send(new FlowMod
        {
            Match = Match.Any.WithInPort(new(1)),
            Actions = ActionList.Output(new(2)),
            Instructions = new() { Meter = new(1) },
        });
        Controller.Barrier();
    }

    private void Offer(byte[] frame, int count, TimeSpan every)
    {
        for (int i = 0; i < count; i++)
        {
            _bed.Network.Host("h1").SendFrame(frame);
            _bed.Loop.RunFor(every);
        }
        _bed.Run();
    }

    private MeterStatistics Statistics() =>
        ((MeterStatisticsReply)Controller.AskAll(new MeterStatisticsRequest(new(1))).Single()).Meters.Single();
}
