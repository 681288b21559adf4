using System.Collections.Immutable;
using Lime.Core.Emulation;
using Lime.Core.Migration;
using Lime.Core.Switches;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages.Multipart;
using Lime.Tests.Checking;
using Lime.Tests.Hosting;

namespace Lime.Tests.Exploration;

/// <summary>Judges a run that has come to rest.</summary>
internal static class WorldVerdict
{
    private const int TosAt = 15;

    public static TraceSetting SettingOf(Scenario scenario) => new()
    {
        Version = scenario.Version,
        HostAtPort = ImmutableSortedDictionary<uint, string>.Empty.Add(1, "h1").Add(2, "h2"),
    };

    /// <returns>What is wrong, or null.</returns>
    public static string? FindFault(ExploredWorld world)
    {
        if (FindUnfinished(world) is { } unfinished) return unfinished + Story(world);
        world.OpenAll();
        world.Do(() => world.Pending.Add(world.App.Switch!.GetFlowsAsync(
            new FlowStatisticsRequest(Match.Any, TableId.All, PortNumber.Any)).AsTask()));
        string? fault = FindLeftovers(world) ?? FindWrongDelivery(world) ?? world.Scenario.FindFault(world)
            ?? FindUnexplained(world);
        return fault is null ? null : fault + Story(world);
    }

    /// <summary>Which version of the rule a packet met, by its number: the type of service tells.</summary>
    public static Dictionary<uint, int> VersionsMet(ExploredWorld world) => world.Trace.Events.OfType<HostReceived>()
        .DistinctBy(each => PacketMark.TryRead(each.Frame))
        .ToDictionary(each => PacketMark.TryRead(each.Frame)!.Value, each => each.Frame[TosAt] >> 2);

    private static string? FindUnfinished(ExploredWorld world)
    {
        MigrationProgress progress = world.Migration.Progress;
        if (!progress.IsFinal) return $"the migration does not end: {progress}";
        bool isRight = progress.Phase == MigrationPhase.Completed
            || (world.Scenario.IsAborted && progress.Phase == MigrationPhase.Aborted);
        if (!isRight) return $"the migration ended wrongly: {progress}";
        if (world.Pending.Find(each => each.IsFaulted) is { } failed) return $"a request failed: {failed.Exception}";
        return world.Pending.TrueForAll(each => each.IsCompleted) ? null : "an answer is missing";
    }

    /// <summary>One instance is left, and has the app's rules and no others; the other one is empty.</summary>
    private static string? FindLeftovers(ExploredWorld world)
    {
        bool isMoved = world.Migration.Progress.Phase == MigrationPhase.Completed;
        (EmulatedSwitch left, EmulatedSwitch empty) = isMoved
            ? (world.Network.Switches[3], world.Network.Switches[2])
            : (world.Network.Switches[2], world.Network.Switches[3]);
        if (empty.FlowCount > 0) return $"{empty.Name} still has {empty.FlowCount} rules";
        string[] there = ControllerBed.Describe(left.Flows.Where(each => each.Cookie != TableMissRule.Mark)
            .Select(each => isMoved ? ToVirtual(each) : each));
        string[] wanted = [.. world.Moved.Table.Rules
            .Select(each => $"{each.Priority} {each.Match} {each.Cookie} {each.Actions}").Order()];
        return there.SequenceEqual(wanted)
            ? null
            : $"{left.Name} has [{string.Join("; ", there)}] where the app wants [{string.Join("; ", wanted)}]";
    }

    private static string? FindWrongDelivery(ExploredWorld world)
    {
        var arrived = world.Trace.Events.OfType<HostReceived>()
            .Select(each => (each.Host, Packet: PacketMark.TryRead(each.Frame)!.Value)).ToList();
        for (uint packet = 1; packet <= world.Scenario.Packets; packet++)
        {
            int count = arrived.Count(each => each.Packet == packet);
            if (count != 1) return $"packet {packet} was delivered {count} times";
            string host = packet % 2 == 1 ? "h2" : "h1";
            if (!arrived.Contains((host, packet))) return $"packet {packet} did not arrive at {host}";
        }
        return null;
    }

    /// <summary>The run has to be one of the reference switch.</summary>
    private static string? FindUnexplained(ExploredWorld world)
    {
        TraceVerdict verdict = TraceChecker.Check(world.Trace);
        return verdict.IsExplained ? null : string.Join('\n', verdict.Violations);
    }

    private static FlowStatistics ToVirtual(FlowStatistics rule) => rule with
    {
        Match = rule.Match.InPort is { } port ? rule.Match.WithInPort(new PortNumber(port.Value - 4)) : rule.Match,
        Actions = OpenFlow.Actions.ActionList.Of([.. rule.Actions.Select(each => each.Port.IsPhysical
            ? each.WithPort(new PortNumber(each.Port.Value - 4))
            : each)]),
    };

    private static string Story(ExploredWorld world) => "\n" + world.Trace.Text;
}
