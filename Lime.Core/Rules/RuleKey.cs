using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Wire;

namespace Lime.Core.Rules;

/// <summary>What makes a rule the same rule to a switch: its match after normalisation, its priority, and its
/// table.</summary>
/// <param name="Match">What it matches, normalised.</param>
/// <param name="Priority">Its priority, as far as that tells rules apart.</param>
/// <param name="Table">Its table.</param>
internal readonly record struct RuleKey(Match Match, ushort Priority, TableId Table = default)
{
    private readonly Match _match = Match;

    /// <summary>What it matches, normalised.</summary>
    public Match Match
    {
        get => _match;
        init => _match = value;
    }

    /// <summary><see cref="Match"/> where it lies, not copied.</summary>
    public static ref readonly Match MatchOf(in RuleKey key) => ref key._match;

    /// <summary>The key of a rule with this match and priority in a table.</summary>
    /// <remarks>In OpenFlow 1.0 an exact match outranks every priority (section 3.4), so its own doesn't tell
    /// rules apart; Open vSwitch shows 65,535 for it. Nor does the table, which the switch chooses by
    /// itself.</remarks>
    public static RuleKey Of(in Match match, ushort priority, TableId table, TableSemantics semantics) => new(
        MatchNormalisation.Normalise(match),
        PriorityOf(match, priority, semantics),
        semantics.HasTables ? table : default);

    /// <summary>The priority as far as it tells rules apart.</summary>
    public static ushort PriorityOf(in Match match, ushort priority, TableSemantics semantics) =>
        semantics.ExactMatchOutranksPriority && match.IsExact ? ushort.MaxValue : priority;

    public bool Equals(RuleKey other) =>
        Priority == other.Priority && Table == other.Table && Match.Equals(other.Match);

    public override int GetHashCode() => Match.GetHashCode() + (Priority * 0x01000193) + (Table.Value * 0x00061c89);
}
