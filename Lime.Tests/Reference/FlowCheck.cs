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

    public static IEnumerable<Fault> FaultsOf(ReferenceState state, FlowMod mod)
    {
        if (mod.Command > FlowModCommand.DeleteStrict) yield return Failed(ErrorCodes.FlowModBadCommand);
        bool isDelete = mod.Command is FlowModCommand.Delete or FlowModCommand.DeleteStrict;
        if (state.Is10 && mod.Flags.HasFlag(FlowModFlags.Emergency))
        {
            // Emergency rules have no timeouts (1.0.0 section 4.6); no table is there to take the others.
            bool isTimed = mod.IdleTimeoutSeconds != 0 || mod.HardTimeoutSeconds != 0;
            yield return Failed(isTimed ? ErrorCodes.FlowModBadTimeout : ErrorCodes.TableFull);
        }
        if (!state.Is10)
        {
            bool isTable = mod.Table.Value < state.Tables.Length || (isDelete && mod.Table == TableId.All);
            if (!isTable) yield return Failed(ErrorCodes.FlowModBadTableId);
            if ((mod.Flags & ~Known13) != 0) yield return Failed(ErrorCodes.FlowModBadFlags);
            if (mod.Match.Further.Any(field => field.Id is null))
                yield return new(ErrorType.BadMatch, ErrorCodes.MatchBadField);
        }
        if (isDelete) yield break;
        foreach (Fault fault in InstructionFaults(state, mod)) yield return fault;
    }

    /// <summary>1.3.5 section 6.4: what an instruction names must exist, and goto leads forward only (section 5.1).
    /// </summary>
    private static IEnumerable<Fault> InstructionFaults(ReferenceState state, FlowMod mod)
    {
        FlowInstructions instructions = mod.Instructions;
        if (!instructions.Opaque.IsEmpty) yield return new(ErrorType.BadInstruction, ErrorCodes.InstructionUnknown);
        bool isBackward = instructions.GoToTable is { } table
            && (table.Value <= mod.Table.Value || table.Value >= state.Tables.Length);
        if (isBackward) yield return new(ErrorType.BadInstruction, ErrorCodes.InstructionBadTableId);
        bool isUnknownMeter = instructions.Meter is { } meter && !state.Meters.ContainsKey(meter.Value);
        if (isUnknownMeter) yield return new(ErrorType.MeterModFailed, ErrorCodes.MeterInvalid);
        // The packet comes to the written actions as the applied ones have left it.
        IEnumerable<FlowAction> written = instructions.WriteActions ?? ActionList.Drop;
        if (!state.Options.ChecksSetsAsWritten) written = written.OrderBy(ActionRun.Order);
        IEnumerable<FlowAction> actions = [.. mod.Actions, .. written];
        foreach (Fault fault in ActionCheck.FaultsOf(new(state) { Match = mod.Match }, actions)) yield return fault;
    }

    private static Fault Failed(ushort code) => new(ErrorType.FlowModFailed, code);
}
