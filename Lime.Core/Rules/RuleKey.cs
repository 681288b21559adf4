using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Wire;

namespace Lime.Core.Rules;

/// <summary>What makes a rule the same rule to a switch: its match after normalisation, its priority, and its
/// table.</summary>
internal readonly record struct RuleKey(Match Match, ushort Priority, TableId Table = default)
{
    /// <summary>The key of a rule with this match and priority in a table.</summary>
    /// <remarks>In OpenFlow 1.0 an exact match outranks every priority (section 3.4), so its own doesn't tell
    /// rules apart; Open vSwitch shows 65,535 for it. Nor does the table, which the switch chooses by
    /// itself.</remarks>
    public static RuleKey Of(in Match match, ushort priority, TableId table, TableSemantics semantics) => new(
        MatchNormalisation.Normalise(match),
        semantics.ExactMatchOutranksPriority && match.IsExact ? ushort.MaxValue : priority,
        semantics.HasTables ? table : default);

    public bool Equals(RuleKey other) =>
        Priority == other.Priority && Table == other.Table && Match.Equals(other.Match);

    public override int GetHashCode() => Match.GetHashCode() + (Priority * 0x01000193) + (Table.Value * 0x00061c89);
}
