using System.Collections.Immutable;
using Lime.Core.Emulation.Groups;
using Lime.Core.Emulation.Meters;
using Lime.Core.Emulation.Tables;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Emulation.Switching;

/// <summary>Whether an emulated switch can do what a rule says (1.3.5 section 6.4, and 7.5.4.4 to 7.5.4.6 for the
/// errors).</summary>
internal sealed class FlowModCheck(FlowTables tables, GroupTable groups, MeterTable meters)
{
    private readonly ActionCheck _actions = new(groups);

    /// <returns>Why not, or null.</returns>
    public Refusal? Check(in FlowMod mod)
    {
        if (CheckMatch(mod.Match) is { } badMatch) return badMatch;
        bool isDelete = mod.Command is FlowModCommand.Delete or FlowModCommand.DeleteStrict;
        if (isDelete) return null;
        if (tables.Find(mod.Table) is null)
            return new Refusal(ErrorType.FlowModFailed, ErrorCodes.FlowModBadTableId);
        if (CheckInstructions(mod) is { } badInstruction) return badInstruction;
        ActionList written = mod.Instructions.WriteActions ?? ActionList.Drop;
        if (_actions.Check(mod.Actions, isPacketOut: false) is { } badAction) return badAction;
        if (_actions.Check(written, isPacketOut: false) is { } badWrite) return badWrite;
        bool isFit = !tables.Semantics.HasTables || IsConsistent(mod.Match, mod.Actions, ActionSet.InOrder(written));
        return isFit ? null : new Refusal(ErrorType.BadAction, ErrorCodes.ActionMatchInconsistent);
    }

    /// <summary>The packet comes to the written actions as the applied ones have left it.</summary>
    private static bool IsConsistent(in Match match, ActionList applied, ActionList written)
    {
        MatchConsistency known = new(match);
        foreach (ref readonly FlowAction action in applied.AsSpan())
        {
            if (!known.Take(action)) return false;
        }
        foreach (ref readonly FlowAction action in written.AsSpan())
        {
            if (!known.Take(action)) return false;
        }
        return true;
    }

    public Refusal? Check(ActionList actions, bool isPacketOut) => _actions.Check(actions, isPacketOut);

    public static Refusal? CheckMatch(in Match match)
    {
        foreach (OxmField field in match.Further.AsSpan())
        {
            bool isKnown = field.Id is { } id && SettableFields.BitsOf.ContainsKey(id);
            if (!isKnown) return new Refusal(ErrorType.BadMatch, ErrorCodes.MatchBadField);
        }
        return null;
    }

    private Refusal? CheckInstructions(in FlowMod mod)
    {
        FlowInstructions instructions = mod.Instructions;
        foreach (ImmutableArray<byte> bytes in instructions.Opaque)
        {
            bool isVendors = bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xff, 0xff]);
            return new Refusal(ErrorType.BadInstruction,
                isVendors ? ErrorCodes.InstructionBadExperimenter : ErrorCodes.InstructionUnknown);
        }
        if (instructions.Meter is { } meter && meters.Find(meter) is null)
            return new Refusal(ErrorType.MeterModFailed, ErrorCodes.MeterInvalid);
        // Only forwards, so that every packet comes to an end (1.3.5 section 5.1).
        if (instructions.GoToTable is { } next && (next.Value <= mod.Table.Value || next.Value >= tables.Count))
            return new Refusal(ErrorType.BadInstruction, ErrorCodes.InstructionBadTableId);
        return null;
    }
}
