namespace Lime.OpenFlow.Wire.V13;

/// <summary>The form of one match field.</summary>
/// <param name="ValueBytes">Its size on the wire; a mask has the same.</param>
/// <param name="Bits">How many of the lower bits may be set.</param>
/// <param name="IsMaskable">Whether it may be matched in part.</param>
/// <param name="Needs">What the fields before it must have said.</param>
internal readonly record struct OxmShapeV13(byte ValueBytes, byte Bits, bool IsMaskable, OxmPrerequisiteV13 Needs)
{
    /// <summary>Every bit of the field, of one that has 64 at most.</summary>
    public ulong Whole => Bits >= 64 ? ulong.MaxValue : (1ul << Bits) - 1;
}
