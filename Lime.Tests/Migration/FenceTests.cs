using Lime.Core.Emulation;
using Lime.Core.Hosting;
using Lime.Core.Migration;
using Lime.Core.Networks;
using Lime.OpenFlow;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.Tests.Hosting;
using NUnit.Framework;

namespace Lime.Tests.Migration;

/// <remarks>Goal: nobody can send past a filter because it is not there yet, or not any more (H-65). Method: a stranger
/// on a third port of source and target alike, who sends all the time what the first and the last rule of the table
/// forbid, while the table is copied, comes into force, is undone, is moved back.</remarks>
[TestFixture(OpenFlowVersion.V10)]
[TestFixture(OpenFlowVersion.V13)]
public sealed class FenceTests(OpenFlowVersion version)
{
    private const int FirstForbidden = 600;
    private const int LastForbidden = 601;
    private const int Allowed = 700;

    /// <summary>Switches that nobody sends to.</summary>
    private readonly HashSet<uint> _silent = [];

    [TestCase("barrier", 0)]
    [TestCase("probe", 250)]
    [TestCase("settle", 250)]
    public void No_packet_passes_a_filter_that_is_on_its_way(string kind, int delayMs)
    {
        using ControllerBed bed = NewBed(delayMs);
        int[] received = StartStrangers(bed);
        Assert.That(Migrate(bed, 1, 9, kind).Phase, Is.EqualTo(MigrationPhase.Completed));
        AssertFiltered(bed, received, "9");
        Assert.That(received[1], Is.Positive, "what is allowed passes at the target");
        Assert.That(Migrate(bed, 9, 1, kind).Phase, Is.EqualTo(MigrationPhase.Completed));
        AssertFiltered(bed, received, "back");
    }

    [Test]
    public void No_packet_passes_a_filter_that_is_being_undone([Range(0, 390, 15)] int ms)
    {
        using ControllerBed bed = NewBed(0);
        int[] received = StartStrangers(bed);
        IMigration migration = Start(bed, 9, "barrier");
        bed.RunMs(ms);
        _ = migration.AbortAsync("Enough.");
        MigrationProgress end = bed.Loop.RunUntilDone(migration.Completion, TimeSpan.FromMinutes(1));
        AssertFiltered(bed, received, $"{ms} ms: {end.Detail}");
    }

    private ControllerBed NewBed(int delayMs)
    {
        var options = new EmulatedSwitchOptions
        {
            FlowModsPerSecond = 2000,
            DataPlaneDelay = TimeSpan.FromMilliseconds(delayMs),
        };
        var bed = new ControllerBed(
            new LimeOptions
            {
                Spares = [new DatapathId(9)],
                CopyBatchRules = 8,
                Channel = new LimeOptions().Channel with { Versions = [version] },
            }, seed: 1);
        bed.ConnectAndSettle(bed.AddSwitch(1, 3, options), bed.AddSwitch(9, 3, options));
        var all = new List<FlowMod> { Forbid(FirstForbidden), ControllerBed.Forward(3, 2) };
        for (uint i = 0; i < 200; i++)
        {
            all.Add(new FlowMod
            {
                Match = Match.Any.WithEthType(0x0800).WithIpv4Destination(new Ipv4Address(0x0a64_0000 + i)),
                Priority = 50,
                Actions = ActionList.Drop,
            });
        }
        all.Add(Forbid(LastForbidden));
        foreach (FlowMod each in all) bed.Send(bed.Virtual("0000000000000001"), each);
        bed.Barrier(bed.Virtual("0000000000000001"));
        bed.RunMs(1000);
        return bed;
    }

    private static FlowMod Forbid(int port) => new()
    {
        Match = FigureThreeBed.UdpTo((ushort)port),
        Priority = 300,
        Actions = ActionList.Drop,
    };

    /// <returns>Two counters: datagrams that should not, and should, have come.</returns>
    private int[] StartStrangers(ControllerBed bed)
    {
        int[] received = [0, 0];
        foreach (uint number in new uint[] { 1, 9 })
        {
            EmulatedHost stranger = bed.Network.Host($"h{number}3");
            EmulatedHost victim = bed.Network.Host($"h{number}2");
            stranger.AddNeighbour(victim.Ip, victim.Mac);
            victim.ReceiveUdp(FirstForbidden, (EmulatedHost _, in UdpDatagram _) => received[0]++);
            victim.ReceiveUdp(LastForbidden, (EmulatedHost _, in UdpDatagram _) => received[0]++);
            victim.ReceiveUdp(Allowed, (EmulatedHost _, in UdpDatagram _) => received[1]++);
            _ = bed.Do(() => SendAsync(bed, number, stranger, victim.Ip));
        }
        return received;
    }

    private async Task SendAsync(ControllerBed bed, uint at, EmulatedHost from, Ipv4Address to)
    {
        while (true)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), bed.Loop.Time);
            if (_silent.Contains(at)) continue;
            from.SendUdp(to, 1, FirstForbidden, [1]);
            from.SendUdp(to, 1, LastForbidden, [1]);
            from.SendUdp(to, 1, Allowed, [1]);
        }
    }

    private static IMigration Start(ControllerBed bed, uint to, string kind)
    {
        Evidence.TryFind(kind, out IEvidence? evidence);
        var plan = new MigrationPlan("0000000000000001", new DatapathId(to))
        {
            Evidence = evidence,
            DrainQuietTime = TimeSpan.Zero,
            TargetPorts = [.. new uint[] { 1, 2, 3 }.Select(
                each => new PortMapping(new PortNumber(each), new PortNumber(each)))],
        };
        return bed.Controller.Ensembles.MigrateAsync(plan).AsTask().GetAwaiter().GetResult();
    }

    /// <remarks>A source that is still sent to is not retired, so its stranger rests while it is drained.</remarks>
    private MigrationProgress Migrate(ControllerBed bed, uint from, uint to, string kind)
    {
        IMigration migration = Start(bed, to, kind);
        Assert.That(bed.RunUntil(() => migration.Progress.Phase == MigrationPhase.Draining), Is.True);
        _silent.Add(from);
        Assert.That(bed.RunUntil(() => migration.Progress.Phase != MigrationPhase.Draining), Is.True);
        _silent.Clear();
        return bed.Loop.RunUntilDone(migration.Completion, TimeSpan.FromMinutes(1));
    }

    private static void AssertFiltered(ControllerBed bed, int[] received, string what)
    {
        bed.RunMs(500);
        Assert.That(received[0], Is.Zero, $"{what}: forbidden packets received");
    }
}
