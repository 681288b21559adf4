using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Wire;

namespace Lime.Core.Rules;

/// <summary>What makes a rule the same rule to a switch: its match after normalisation, and its
/// priority.</summary>
internal readonly record struct RuleKey(Match Match, ushort Priority)
{
    /// <summary>The key of a rule with this match and priority.</summary>
    /// <remarks>In OpenFlow 1.0 an exact match outranks every priority (section 3.4), so its own doesn't tell
    /// rules apart; Open vSwitch shows 65,535 for it.</remarks>
    public static RuleKey Of(in Match match, ushort priority, TableSemantics semantics) => new(
        MatchNormalisation.Normalise(match),
        semantics.ExactMatchOutranksPriority && match.IsExact ? ushort.MaxValue : priority);

    public bool Equals(RuleKey other) => Priority == other.Priority && Match.Equals(other.Match);

    public override int GetHashCode() => Match.GetHashCode() + (Priority * 0x01000193);
}
