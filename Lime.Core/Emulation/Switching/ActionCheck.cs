using Lime.Core.Emulation.Tables;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Emulation.Switching;

/// <summary>Whether an emulated switch can do a list of actions (OpenFlow 1.0.0 section 5.4.4,
/// OFPET_BAD_ACTION).</summary>
internal static class ActionCheck
{
    /// <summary>OFPBAC_BAD_VENDOR.</summary>
    private const ushort BadVendor = 2;

    /// <returns>Why not, or null.</returns>
    public static Refusal? Check(ActionList actions, bool isPacketOut)
    {
        foreach (ref readonly FlowAction action in actions.AsSpan())
        {
            if (CodeOf(action, isPacketOut) is { } code) return new Refusal(ErrorType.BadAction, code);
        }
        return null;
    }

    private static ushort? CodeOf(in FlowAction action, bool isPacketOut) => action.Kind switch
    {
        FlowActionKind.Output => CanOutput(action.Port, isPacketOut) ? null : ErrorCodes.ActionBadOutPort,
        FlowActionKind.Opaque => action.Bytes.StartsWith((ReadOnlySpan<byte>)[0xff, 0xff])
            ? BadVendor
            : ErrorCodes.ActionBadType,
        FlowActionKind.Enqueue => ErrorCodes.ActionBadType,
        FlowActionKind.SetVlanId => action.Value < 4096 ? null : ErrorCodes.ActionBadArgument,
        FlowActionKind.SetVlanPriority => action.Value < 8 ? null : ErrorCodes.ActionBadArgument,
        _ => null,
    };

    /// <summary>A port that is not there yet may come; the switch has no local port and no forwarding of
    /// its own.</summary>
    private static bool CanOutput(PortNumber port, bool isPacketOut) => port.IsPhysical
        || port == PortNumber.InPort || port == PortNumber.Flood || port == PortNumber.All
        || port == PortNumber.Controller || (port == PortNumber.Table && isPacketOut);
}
