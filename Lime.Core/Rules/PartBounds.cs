using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Rules;

/// <summary>Finds what could reach beyond a virtual switch's part of a physical switch: what Lime doesn't know the
/// meaning
/// of, and what changes where a packet is said to come from.</summary>
/// <remarks>Vendors' actions can send a packet to any port, look it up anew as another port's, or add rules of their
/// own (Open vSwitch: output:NXM, resubmit, learn). Ports are judged by the network map.</remarks>
internal static class PartBounds
{
    /// <summary>What a switch without such extensions says to a rule; null: it stays within its part.</summary>
    public static (ErrorType Type, ushort Code)? FindFault(in FlowMod flowMod)
    {
        if (!flowMod.Instructions.Opaque.IsEmpty)
            return (ErrorType.BadInstruction, ErrorCodes.InstructionBadExperimenter);
        return FindFault(flowMod.Actions)
            ?? (flowMod.Instructions.WriteActions is { } set ? FindFault(set) : null);
    }

    /// <summary>What a switch without such extensions says to a list of actions.</summary>
    public static (ErrorType Type, ushort Code)? FindFault(ActionList actions)
    {
        foreach (ref readonly FlowAction action in actions.AsSpan())
        {
            if (action.Kind == FlowActionKind.Opaque) return (ErrorType.BadAction, ErrorCodes.ActionBadExperimenter);
            if (action.Kind != FlowActionKind.SetField) continue;
            OxmField field = OxmField.FromBytes(action.Bytes);
            bool isHeader = field.Class == OxmField.BasicClass
                && field.Id is not (OxmId.InPort or OxmId.InPhysicalPort);
            if (!isHeader) return (ErrorType.BadAction, ErrorCodes.ActionBadSetType);
        }
        return null;
    }
}
