using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Wire;

namespace Lime.Core.Emulation.Tables;

/// <summary>What makes two rules of a table the same one: what they match, and how they rank.</summary>
/// <param name="Match">Normalised.</param>
/// <param name="Rank">The priority, or <see cref="ExactRank"/>.</param>
internal readonly record struct FlowKey(Match Match, int Rank)
{
    /// <summary>In 1.0 an exact match outranks every wildcard rule (OpenFlow 1.0.0 section 3.4).</summary>
    public const int ExactRank = 65_536;

    public static FlowKey Of(in FlowMod mod, TableSemantics semantics)
    {
        bool outranks = semantics.ExactMatchOutranksPriority && mod.Match.IsExact;
        return new(Normalise(mod.Match), outranks ? ExactRank : mod.Priority);
    }

    /// <summary>Equal for all matches that admit the same packets.</summary>
    public static Match Normalise(in Match match)
    {
        Match normalised = MatchNormalisation.Normalise(match);
        if (match.Further.Count == 0) return normalised;
        return normalised.WithFurther(FieldSelection.Normalise(match.Further));
    }
}
