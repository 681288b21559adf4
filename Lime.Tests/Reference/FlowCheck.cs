using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;

namespace Lime.Tests.Reference;

/// <summary>Why a flow-mod is refused, apart from what the table then holds.</summary>
internal static class FlowCheck
{
    private const FlowModFlags Known13 = FlowModFlags.SendFlowRemoved | FlowModFlags.CheckOverlap
        | FlowModFlags.ResetCounts | FlowModFlags.NoPacketCounts | FlowModFlags.NoByteCounts;

    public static Fault? FaultOf(ReferenceState state, in FlowMod mod)
    {
        if (mod.Command > FlowModCommand.DeleteStrict) return Failed(ErrorCodes.FlowModBadCommand);
        bool isDelete = mod.Command is FlowModCommand.Delete or FlowModCommand.DeleteStrict;
        // There is no emergency table, so it is full (1.0.0 section 4.6 has no better word).
        if (state.Is10)
        {
            if (mod.Flags.HasFlag(FlowModFlags.Emergency)) return Failed(ErrorCodes.TableFull);
            return isDelete ? null : ActionCheck.FaultOf(new(state), mod.Actions);
        }
        bool isTable = mod.Table.Value < state.Tables.Length || (isDelete && mod.Table == TableId.All);
        if (!isTable) return Failed(ErrorCodes.FlowModBadTableId);
        if ((mod.Flags & ~Known13) != 0) return Failed(ErrorCodes.FlowModBadFlags);
        foreach (OxmField field in mod.Match.Further)
        {
            if (field.Id is null) return new(ErrorType.BadMatch, ErrorCodes.MatchBadField);
        }
        return isDelete ? null : InstructionFault(state, mod);
    }

    /// <summary>1.3.5 section 6.4: what an instruction names must exist, and goto leads forward only (section 5.1).
    /// </summary>
    private static Fault? InstructionFault(ReferenceState state, in FlowMod mod)
    {
        FlowInstructions instructions = mod.Instructions;
        if (!instructions.Opaque.IsEmpty) return new(ErrorType.BadInstruction, ErrorCodes.InstructionUnknown);
        bool isBackward = instructions.GoToTable is { } table
            && (table.Value <= mod.Table.Value || table.Value >= state.Tables.Length);
        if (isBackward) return new(ErrorType.BadInstruction, ErrorCodes.InstructionBadTableId);
        bool isUnknownMeter = instructions.Meter is { } meter && !state.Meters.ContainsKey(meter.Value);
        if (isUnknownMeter) return new(ErrorType.MeterModFailed, ErrorCodes.MeterInvalid);
        ActionContext context = new(state) { Match = mod.Match };
        return ActionCheck.FaultOf(context, mod.Actions)
            ?? ActionCheck.FaultOf(context, instructions.WriteActions ?? ActionList.Drop);
    }

    private static Fault Failed(ushort code) => new(ErrorType.FlowModFailed, code);
}
