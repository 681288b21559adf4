using System.Collections.Immutable;
using Lime.OpenFlow;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.Tests.Checking;
using Lime.Tests.Hosting;

namespace Lime.Tests.Exploration;

/// <summary>What is explored: each with one rule update and one barrier, three rules and three packets at
/// most.</summary>
internal static class Scenarios
{
    private static readonly FlowMod Out = ControllerBed.Forward(1, 2);
    private static readonly FlowMod Back = ControllerBed.Forward(2, 1);

    /// <summary>All of them, in both versions; those with few orders first.</summary>
    public static IEnumerable<Scenario> All =>
        new[] { OpenFlowVersion.V10, OpenFlowVersion.V13 }.SelectMany(version => new[]
        {
            Miss(version), ForwardAndTell(version), Modify(version), Add(version), Delete(version), Abort(version),
        });

    /// <summary>The rule in force for both ways' packets changes, and the app waits until it has (paper section
    /// 4.1).</summary>
    public static Scenario Modify(OpenFlowVersion version) => new("modify", version)
    {
        Rules = [Marking(0), Out, Back],
        Script = [Update(Marking(1) with { Command = FlowModCommand.ModifyStrict })],
        FindFault = world => FindOldAfterNew(world) ?? FindUnasked(world),
    };

    /// <summary>A rule comes above those in force (H-29).</summary>
    public static Scenario Add(OpenFlowVersion version) => new("add", version)
    {
        Rules = [Out, Back],
        Script = [Update(Marking(1))],
        FindFault = world => FindOldAfterNew(world) ?? FindUnasked(world),
    };

    /// <summary>The rule in force goes, and others beneath it take its packets; the app asked to be told
    /// (H-49).</summary>
    public static Scenario Delete(OpenFlowVersion version) => new("delete", version)
    {
        Rules = [Marking(1) with { Flags = FlowModFlags.SendFlowRemoved }, Out, Back],
        Script = [Update(Marking(1) with { Command = FlowModCommand.DeleteStrict })],
        FindFault = FindWrongRemoval,
    };

    /// <summary>The first packet meets no rule: the app adds one, waits until it is there, and sends the packet on
    /// (H-30).</summary>
    public static Scenario Miss(OpenFlowVersion version) => new("miss", version)
    {
        Rules = [Back],
        React = static (ExploredWorld world, in PacketIn packetIn) => world.Pending.Add(
            AddAndSendOnAsync(world, packetIn.BufferId, packetIn.InPort, packetIn.Data.ToArray())),
        FindFault = world => FindWrongTellings(world, [1]),
    };

    /// <summary>A rule that forwards and tells the app: what it is told is in the order in which things happened
    /// (H-08).</summary>
    public static Scenario ForwardAndTell(OpenFlowVersion version) => new("forward and tell", version)
    {
        Rules =
        [
            Out with { Actions = ActionList.Of(FlowAction.Output(new PortNumber(2)), Tell) },
            Back with { Actions = ActionList.Of(FlowAction.Output(new PortNumber(1)), Tell) },
        ],
        // Packet-ins of 1.0 name no rule: whether the entry that sent one up has forwarded it too, or left that to
        // Lime, is not to be known.
        NeedsWholeFlushes = version == OpenFlowVersion.V10,
        FindFault = world => FindWrongTellings(world, Enumerable.Range(1, (int)world.Scenario.Packets)),
    };

    /// <summary>As <see cref="Modify"/>, but the operator aborts the migration.</summary>
    public static Scenario Abort(OpenFlowVersion version) =>
        Modify(version) with { Name = "modify, and abort", IsAborted = true };

    private static FlowAction Tell => FlowAction.Output(PortNumber.Controller, ushort.MaxValue);

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

    private static Action<ExploredWorld> Update(FlowMod flowMod) => world =>
    {
        world.App.Switch!.Send(flowMod);
        world.Pending.Add(world.App.Switch.BarrierAsync().AsTask());
    };

    private static async Task AddAndSendOnAsync(ExploredWorld world, BufferId bufferId, PortNumber inPort, byte[] frame)
    {
        world.App.Switch!.Send(Out);
        await world.App.Switch.BarrierAsync();
        world.App.Switch.Send(new PacketOut
        {
            BufferId = bufferId,
            InPort = inPort,
            Actions = Out.Actions,
            Data = bufferId == BufferId.None ? frame : default,
        });
    }

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

    /// <summary>One flow-removed, which counts the packets that met the rule.</summary>
    private static string? FindWrongRemoval(ExploredWorld world)
    {
        int met = WorldVerdict.VersionsMet(world).Values.Count(version => version == 1);
        FlowRemovedReceived[] removals = [.. world.Trace.Events.OfType<FlowRemovedReceived>()];
        if (removals.Length != 1) return $"{removals.Length} flow-removed";
        ulong counted = removals[0].Message.PacketCount;
        return counted == (ulong)met ? null : $"{met} packets met the rule, the flow-removed says {counted}";
    }

    /// <summary>The app is told of these packets, once each, in this order.</summary>
    private static string? FindWrongTellings(ExploredWorld world, IEnumerable<int> packets)
    {
        string told = string.Join(' ', world.Trace.Events.OfType<PacketInReceived>()
            .Select(each => PacketMark.TryRead(each.Packet.Frame)));
        string wanted = string.Join(' ', packets);
        return told == wanted ? null : $"the app was told of packets {told} instead of {wanted}";
    }
}
