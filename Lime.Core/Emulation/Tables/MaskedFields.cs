using Lime.OpenFlow.Matching;

namespace Lime.Core.Emulation.Tables;

/// <summary>What the rules of one group have to find in a packet: the key of their hash table.</summary>
/// <param name="Fields">The usual fields, under the group's mask.</param>
/// <param name="Further">The further fields, under their masks.</param>
internal readonly record struct MaskedFields(PacketFields Fields, FurtherFields Further)
{
    public static MaskedFields Of(in Match match) => new(match.Values, match.Further);

    public bool Equals(MaskedFields other) => Fields == other.Fields && Further.Equals(other.Further);

    public override int GetHashCode() => Fields.GetHashCode() ^ Further.GetHashCode();
}
