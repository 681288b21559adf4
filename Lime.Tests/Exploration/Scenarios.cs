using System.Collections.Immutable;
using Lime.OpenFlow;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.Tests.Checking;
using Lime.Tests.Hosting;

namespace Lime.Tests.Exploration;

/// <summary>What is explored.</summary>
internal static class Scenarios
{
    /// <summary>A rule that both ways' packets meet changes, and the app waits until it has (paper section
    /// 4.1).</summary>
    public static Scenario Modify(OpenFlowVersion version) => new($"modify, {version}", version)
    {
        Rules = [Marking(0), ControllerBed.Forward(1, 2), ControllerBed.Forward(2, 1)],
        Script =
        [
            world =>
            {
                world.App.Switch!.Send(Marking(1) with { Command = FlowModCommand.ModifyStrict });
                world.Pending.Add(world.App.Switch.BarrierAsync().AsTask());
            },
        ],
        Packets = 3,
        FindFault = world => FindOldAfterNew(world) ?? FindUnasked(world),
    };

    /// <summary>A rule for the hosts' packets that writes its version into them, and sends them to the other
    /// host.</summary>
    private static FlowMod Marking(int version) => new()
    {
        Match = Match.Any.WithEthType(0x0800).WithIpProtocol(17),
        Priority = 200,
        Cookie = new Cookie(7),
        // A packet never leaves by the port that it came in by: the other one is where it goes.
        Actions = ActionList.Of(
            FlowAction.SetIpTos((byte)(version * 4)), FlowAction.Output(new PortNumber(1)),
            FlowAction.Output(new PortNumber(2))),
    };

    /// <summary>A packet that depends on another must not meet an older rule; one sent after a barrier reply must meet
    /// the new one.</summary>
    private static string? FindOldAfterNew(ExploredWorld world)
    {
        Dictionary<uint, int> versions = WorldVerdict.VersionsMet(world);
        for (uint packet = 2; packet <= world.Scenario.Packets; packet++)
        {
            if (versions[packet] < versions[packet - 1])
                return $"packet {packet} met version {versions[packet]}, the one before it {versions[packet - 1]}";
        }
        ImmutableArray<TraceEvent> events = world.Trace.Events;
        int confirmed = events.ToList().FindLastIndex(each => each is BarrierAnswered);
        foreach (HostSent late in events.Skip(confirmed).OfType<HostSent>())
        {
            if (versions[late.Packet] == 0) return $"packet {late.Packet} met the old rule after the barrier reply";
        }
        return null;
    }

    /// <summary>The app is told nothing that it has not asked for.</summary>
    private static string? FindUnasked(ExploredWorld world) => world.Trace.Events
        .FirstOrDefault(each => each is PacketInReceived or FlowRemovedReceived or ErrorReceived or PortStatusReceived)
        is { } unasked
        ? $"the app was told something: {unasked}"
        : null;
}
