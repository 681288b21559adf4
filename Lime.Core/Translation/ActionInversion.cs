using Lime.Core.Networks;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Translation;

/// <summary>An instance's actions to virtual ones, for rules that were found on it.</summary>
internal static class ActionInversion
{
    /// <summary>The virtual instructions of a rule found at an instance.</summary>
    /// <returns>Null if it sends to a port that belongs to no virtual one.</returns>
    public static InstructionSet? ToVirtual(in InstructionSet instructions, InstanceMap map)
    {
        if (map.IsIdentity) return instructions;
        ActionList? actions = ToVirtual(instructions.Actions, map);
        if (actions is null) return null;
        if (instructions.Others.WriteActions is not { } set) return instructions with { Actions = actions };
        ActionList? virtualSet = ToVirtual(set, map);
        if (virtualSet is null) return null;
        return new InstructionSet(actions, instructions.Others.WithWriteActions(virtualSet));
    }

    /// <summary>The virtual actions of a rule found at an instance.</summary>
    /// <returns>Null if it sends to a port that belongs to no virtual one.</returns>
    public static ActionList? ToVirtual(ActionList actions, InstanceMap map)
    {
        if (map.IsIdentity) return actions;
        var inverted = new FlowAction[actions.Count];
        for (int i = 0; i < inverted.Length; i++)
        {
            FlowAction action = actions[i];
            inverted[i] = action;
            bool isToPort = action.Kind is FlowActionKind.Output or FlowActionKind.Enqueue;
            if (!isToPort || !action.Port.IsPhysical) continue;
            if (!map.TryToVirtual(action.Port, out PortNumber virtualPort)) return null;
            inverted[i] = action.WithPort(virtualPort);
        }
        return ActionList.Of(inverted);
    }
}
