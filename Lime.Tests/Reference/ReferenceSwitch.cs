using System.Collections.Immutable;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Tests.Reference;

/// <summary>One OpenFlow switch, 1.0.0 or 1.3.5, as a pure function; written from the specifications alone.</summary>
/// <remarks>It has no clock, no randomness and no memory but its state. It works on messages and not on their bytes: what
/// a codec refuses (lengths, prerequisites, duplicate fields) is not its matter.</remarks>
internal static class ReferenceSwitch
{
    /// <summary>What happens to a switch in a state when something comes.</summary>
    public static ReferenceStep Step(ReferenceState state, ReferenceInput input) => input switch
    {
        FlowModInput flowMod => FlowCommands.Apply(state, flowMod.Xid, flowMod.Mod),
        PacketOutInput packetOut => SendOut(state, packetOut),
        FrameInput frame => Pipeline.Receive(state, frame),
        TimeInput time => Timeouts.Advance(state, time.Now),
        LinkInput link => PortCommands.SetLink(state, link),
        CommandInput command => Obey(state, command.Xid, command.Message),
        _ => throw new ArgumentException($"{input} is no input of a switch.", nameof(input)),
    };

    /// <summary>The rule of the first table that a frame would hit; null if none.</summary>
    public static ReferenceRule? Matching(ReferenceState state, PortNumber port, ReadOnlySpan<byte> frame) =>
        Pipeline.Find(state.Tables[0], PacketWalk.Start(state, new FrameInput(port, [.. frame]))).FirstOrDefault();

    private static ReferenceStep Obey(ReferenceState state, Xid xid, OpenFlowMessage message) => message switch
    {
        GroupMod mod when !state.Is10 => GroupCommands.Apply(state, xid, mod),
        MeterMod mod when !state.Is10 => MeterCommands.Apply(state, xid, mod),
        PortMod mod => PortCommands.Apply(state, xid, mod),
        SetConfig config => Configure(state, xid, config),
        GetConfigRequest => ReferenceStep.Reply(state, xid,
            new GetConfigReply(state.ConfigFlags, state.MissSendBytes)),
        // Commands are obeyed one by one, so all that came before a barrier is done (1.0.0 section 5.3.7).
        BarrierRequest => ReferenceStep.Reply(state, xid, new BarrierReply()),
        EchoRequest echo => ReferenceStep.Reply(state, xid, new EchoReply(echo.Bytes)),
        MultipartRequest request => Statistics.Answer(state, xid, request),
        _ => ReferenceStep.Refuse(state, xid, new(ErrorType.BadRequest, ErrorCodes.BadType)),
    };

    /// <summary>ofp_switch_config (1.0.0 section 5.3.2, 1.3.5 section 7.3.2): the lower two bits say what happens to
    /// fragments; 3 is not defined.</summary>
    private static ReferenceStep Configure(ReferenceState state, Xid xid, SetConfig config)
    {
        if (config.Flags >= 3 && !state.Is10)
            return ReferenceStep.Refuse(state, xid, new(ErrorType.SwitchConfigFailed, ErrorCodes.SwitchConfigBadFlags));
        return ReferenceStep.To(state with
        {
            ConfigFlags = (ushort)(config.Flags & 3),
            MissSendBytes = config.MissSendBytes,
        });
    }

    /// <summary>Packet-out (1.0.0 section 5.3.6, 1.3.5 section 7.3.7): the actions are applied at once, and the
    /// packet takes no table unless it is sent to TABLE.</summary>
    private static ReferenceStep SendOut(ReferenceState state, PacketOutInput packetOut)
    {
        ActionContext context = new(state) { IsPacketOut = true };
        List<Fault> faults = [.. ActionCheck.FaultsOf(context, packetOut.Actions)];
        PortNumber port = packetOut.InPort;
        bool isKnown = port.IsPhysical || port == PortNumber.Controller || port == PortNumber.Local
            || (state.Is10 && port == PortNumber.Any);
        if (!isKnown) faults.Add(new(ErrorType.BadRequest, ErrorCodes.BadPort));
        if (faults.Count > 0) return ReferenceStep.RefuseForAny(state, packetOut.Xid, [.. faults]);
        ImmutableArray<byte> bytes = packetOut.Bytes;
        if (packetOut.Buffer != BufferId.None)
        {
            if (!state.Buffers.TryGetValue(packetOut.Buffer.Value, out FrameInput? kept))
                return ReferenceStep.Refuse(state, packetOut.Xid, new(ErrorType.BadRequest, ErrorCodes.BufferUnknown));
            bytes = kept.Bytes;
            state = state with { Buffers = state.Buffers.Remove(packetOut.Buffer.Value) };
        }
        PacketWalk walk = PacketWalk.Start(state, new FrameInput(port, bytes)) with { IsPacketOut = true };
        return ActionRun.Apply(walk, packetOut.Actions).ToStep();
    }
}
