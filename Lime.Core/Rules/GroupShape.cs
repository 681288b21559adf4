using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;

namespace Lime.Core.Rules;

/// <summary>What the rules of a <see cref="RuleGroup"/> have in common.</summary>
/// <param name="Table">Their table.</param>
/// <param name="Mask">Which bits of the usual fields they look at.</param>
/// <param name="Further">Which further fields they look at (<see cref="FurtherShape"/>).</param>
internal readonly record struct GroupShape(TableId Table, PacketFields Mask, FurtherFields Further)
{
    public static GroupShape Of(in RuleKey key) =>
        new(key.Table, key.Match.Mask, FurtherShape.Of(RuleKey.MatchOf(key)));

    /// <summary>Whether a rule of a table is of this shape, which has no further fields; copies nothing.</summary>
    public bool IsOf(in RuleKey key)
    {
        ref readonly Match match = ref RuleKey.MatchOf(key);
        return Further.Count == 0 && !match.HasFurther && Table == key.Table
            && PacketFields.AreEqual(Mask, Match.MaskOf(match));
    }

    public bool Equals(GroupShape other) =>
        Table == other.Table && PacketFields.AreEqual(Mask, other.Mask) && Further.Equals(other.Further);

    public override int GetHashCode() => Mask.GetHashCode() + (Table.Value * 0x00061c89) + Further.GetHashCode();
}
