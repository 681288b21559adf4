using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Rules;

/// <summary>Resolves an app's command on the shadow table into what it does to each rule.</summary>
internal static class CommandResolution
{
    /// <summary>Carries the command out on the table and adds what it did to
    /// <paramref name="changes"/>.</summary>
    /// <returns>The refusal that one switch would answer with, or null; then nothing was changed.</returns>
    /// <remarks>Emergency rules are refused as by a switch without an emergency table (Open vSwitch does the
    /// same).</remarks>
    public static (ErrorType Type, ushort Code)? Resolve(
        ShadowFlowTable table, in FlowMod flowMod, CommandContext context, List<RuleChange> changes)
    {
        bool isDelete = flowMod.Command is FlowModCommand.Delete or FlowModCommand.DeleteStrict;
        if (!isDelete && FindFault(table, flowMod, context) is { } fault) return fault;
        (Xid appXid, long nowTicks, _) = context;
        switch (flowMod.Command)
        {
            case FlowModCommand.Add:
                bool checksOverlap = (flowMod.Flags & FlowModFlags.CheckOverlap) != 0;
                if (checksOverlap && table.HasOverlap(flowMod)) return (ErrorType.FlowModFailed, ErrorCodes.Overlap);
                if (!table.TryAdd(flowMod, appXid, nowTicks, out RuleChange change))
                    return (ErrorType.FlowModFailed, ErrorCodes.TableFull);
                if (context.Map.IsPartial) table.TakeOverAdopted(change.Rule, context.Map);
                changes.Add(change);
                return null;
            case FlowModCommand.Modify or FlowModCommand.ModifyStrict:
                return table.TryModify(flowMod, appXid, nowTicks, changes)
                    ? null
                    : (ErrorType.FlowModFailed, ErrorCodes.TableFull);
            case FlowModCommand.Delete or FlowModCommand.DeleteStrict:
                table.Delete(flowMod, changes);
                return null;
            default:
                return (ErrorType.FlowModFailed, ErrorCodes.FlowModBadCommand);
        }
    }

    /// <summary>What is wrong with the rule that an ADD or MODIFY gives.</summary>
    private static (ErrorType Type, ushort Code)? FindFault(
        ShadowFlowTable table, in FlowMod flowMod, CommandContext context)
    {
        bool hasTable = !table.Semantics.HasTables || flowMod.Table != TableId.All;
        if (!hasTable) return (ErrorType.FlowModFailed, ErrorCodes.FlowModBadTableId);
        if (context.Map.IsPartial && PartBounds.FindFault(flowMod) is { } beyond) return beyond;
        ActionList? set = flowMod.Instructions.WriteActions;
        if (FindFault(flowMod.Actions, context) is { } fault) return fault;
        if (set is not null && FindFault(set, context) is { } setFault) return setFault;
        bool hasMeter = flowMod.Instructions.Meter is not { } meter || context.Meters?.Find(meter) is not null
            || context.Meters is null;
        if (!hasMeter) return (ErrorType.MeterModFailed, ErrorCodes.MeterInvalid);
        if ((flowMod.Flags & FlowModFlags.Emergency) != 0) return (ErrorType.FlowModFailed, ErrorCodes.TableFull);
        return null;
    }

    private static (ErrorType Type, ushort Code)? FindFault(ActionList actions, CommandContext context)
    {
        if (!context.Map.HasPortsOf(actions)) return (ErrorType.BadAction, ErrorCodes.ActionBadOutPort);
        if (context.Groups is not { } groups) return null;
        foreach (FlowAction action in actions)
        {
            bool isToGroup = action.Kind == FlowActionKind.Group;
            if (isToGroup && groups.Find(new GroupId((uint)action.Value)) is null)
                return (ErrorType.BadAction, ErrorCodes.ActionBadOutGroup);
        }
        return null;
    }
}
