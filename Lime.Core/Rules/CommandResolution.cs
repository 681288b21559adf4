using Lime.Core.Networks;
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
        (Xid appXid, long nowTicks, InstanceMap map) = context;
        bool isDelete = flowMod.Command is FlowModCommand.Delete or FlowModCommand.DeleteStrict;
        if (!isDelete && !map.HasPortsOf(flowMod.Actions)) return (ErrorType.BadAction, ErrorCodes.ActionBadOutPort);
        if ((flowMod.Flags & FlowModFlags.Emergency) != 0) return (ErrorType.FlowModFailed, ErrorCodes.TableFull);
        switch (flowMod.Command)
        {
            case FlowModCommand.Add:
                bool checksOverlap = (flowMod.Flags & FlowModFlags.CheckOverlap) != 0;
                if (checksOverlap && table.HasOverlap(flowMod)) return (ErrorType.FlowModFailed, ErrorCodes.Overlap);
                if (!table.TryAdd(flowMod, appXid, nowTicks, out RuleChange change))
                    return (ErrorType.FlowModFailed, ErrorCodes.TableFull);
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
}
