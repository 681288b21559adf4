using Lime.Core.Emulation.Frames;
using Lime.Core.Emulation.Groups;
using Lime.Core.Emulation.Tables;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Emulation.Switching;

/// <summary>Whether an emulated switch can do a list of actions (OpenFlow 1.0.0 section 5.4.4, 1.3.5 section 7.5.4.3,
/// OFPET_BAD_ACTION).</summary>
internal sealed class ActionCheck(GroupTable groups)
{
    /// <returns>Why not, or null.</returns>
    public Refusal? Check(ActionList actions, bool isPacketOut)
    {
        foreach (ref readonly FlowAction action in actions.AsSpan())
        {
            if (CodeOf(action, isPacketOut) is { } code) return new Refusal(ErrorType.BadAction, code);
        }
        return null;
    }

    private ushort? CodeOf(in FlowAction action, bool isPacketOut) => action.Kind switch
    {
        FlowActionKind.Output => CanOutput(action.Port, isPacketOut) ? null : ErrorCodes.ActionBadOutPort,
        FlowActionKind.Opaque => action.Bytes.StartsWith((ReadOnlySpan<byte>)[0xff, 0xff])
            ? ErrorCodes.ActionBadExperimenter
            : ErrorCodes.ActionBadType,
        FlowActionKind.Enqueue => ErrorCodes.ActionBadType,
        FlowActionKind.SetVlanId => action.Value < 4096 ? null : ErrorCodes.ActionBadArgument,
        FlowActionKind.SetVlanPriority => action.Value < 8 ? null : ErrorCodes.ActionBadArgument,
        FlowActionKind.Group => groups.Find(new GroupId((uint)action.Value)) is null
            ? ErrorCodes.ActionBadOutGroup
            : null,
        FlowActionKind.PushVlan => TagCode(HeaderStack.IsTag((ushort)action.Value)),
        FlowActionKind.PushMpls => TagCode(HeaderStack.IsMpls((ushort)action.Value)),
        FlowActionKind.PushPbb => TagCode(action.Value == HeaderStack.Pbb),
        FlowActionKind.SetField => SettableFields.CodeOf(OxmField.FromBytes(action.Bytes)),
        _ => null,
    };

    private static ushort? TagCode(bool isKnown) => isKnown ? null : ErrorCodes.ActionBadTag;

    /// <summary>A port that is not there yet may come; the switch has no local port and no forwarding of
    /// its own.</summary>
    private static bool CanOutput(PortNumber port, bool isPacketOut) =>
        port.Value is > 0 and <= SwitchPorts.NumberMax
        || port == PortNumber.InPort || port == PortNumber.Flood || port == PortNumber.All
        || port == PortNumber.Controller || (port == PortNumber.Table && isPacketOut);
}
