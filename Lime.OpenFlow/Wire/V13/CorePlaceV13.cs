namespace Lime.OpenFlow.Wire.V13;

/// <summary>Where a match field lies in <see cref="Matching.PacketFields"/>.</summary>
/// <param name="Word">Which word, 0..4.</param>
/// <param name="Shift">How many bits lie below it.</param>
/// <param name="Bits">How many it has there, perhaps more than on the wire; 0: it has no place.</param>
/// <param name="Name">What it is called in errors.</param>
internal readonly record struct CorePlaceV13(byte Word, byte Shift, byte Bits, string Name)
{
    /// <summary>Every bit of the field, shifted down.</summary>
    public ulong Whole => (1ul << Bits) - 1;
}
