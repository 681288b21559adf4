namespace Lime.OpenFlow.Wire.V13;

/// <summary>The instruction type numbers (ofp_instruction_type, OpenFlow 1.3.5 section 7.2.4).</summary>
internal enum InstructionTypeV13 : ushort
{
    GoToTable = 1,
    WriteMetadata = 2,
    WriteActions = 3,
    ApplyActions = 4,
    ClearActions = 5,
    Meter = 6,
}
