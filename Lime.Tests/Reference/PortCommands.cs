using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.Tests.Reference;

/// <summary>Ports (1.0.0 sections 5.2.1 and 5.3.4, 1.3.5 sections 7.2.1 and 7.3.4.3).</summary>
internal static class PortCommands
{
    private const PortConfig Known13 =
        PortConfig.PortDown | PortConfig.NoReceive | PortConfig.NoForward | PortConfig.NoPacketIn;

    private const uint LinkDown = 1;

    /// <summary>A port-mod changes the bits under its mask; the controller that asked for it hears nothing.</summary>
    public static ReferenceStep Apply(ReferenceState state, Xid xid, PortMod mod)
    {
        Fault Failed(ushort code) => new(ErrorType.PortModFailed, code);
        if (!state.Ports.TryGetValue(mod.Port.Value, out ReferencePort? port))
            return ReferenceStep.Refuse(state, xid, Failed(ErrorCodes.PortModBadPort));
        PortDescription old = port.Description;
        if (old.HardwareAddress != mod.HardwareAddress)
            return ReferenceStep.Refuse(state, xid, Failed(ErrorCodes.PortModBadHardwareAddress));
        if (!state.Is10 && (mod.Mask & ~Known13) != 0)
            return ReferenceStep.Refuse(state, xid, Failed(ErrorCodes.PortModBadConfig));
        PortConfig config = (old.Config & ~mod.Mask) | (mod.Config & mod.Mask);
        return ReferenceStep.To(With(state, port with { Description = old with { Config = config } }));
    }

    /// <summary>A link's change is told as a port-status (1.0.0 section 5.4.3, 1.3.5 section 7.4.3).</summary>
    public static ReferenceStep SetLink(ReferenceState state, LinkInput link)
    {
        if (!state.Ports.TryGetValue(link.Port.Value, out ReferencePort? port)) return ReferenceStep.To(state);
        PortDescription old = port.Description;
        PortDescription now = old with { State = link.IsUp ? old.State & ~LinkDown : old.State | LinkDown };
        return old.State == now.State
            ? ReferenceStep.To(state)
            : ReferenceStep.To(With(state, port with { Description = now }),
                new MessageOutput(null, new PortStatus(PortStatusReason.Modify, now)));
    }

    private static ReferenceState With(ReferenceState state, ReferencePort port) =>
        state with { Ports = state.Ports.SetItem(port.Description.Port.Value, port) };
}
