using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Emulation.Tables;

/// <summary>What makes two rules the same one: what they match, and how they rank.</summary>
/// <param name="Match">Normalised.</param>
/// <param name="Rank">The priority, or <see cref="ExactRank"/>.</param>
internal readonly record struct FlowKey(Match Match, int Rank)
{
    /// <summary>An exact match outranks every wildcard rule (OpenFlow 1.0.0 section 3.4).</summary>
    public const int ExactRank = 65_536;

    public static FlowKey Of(in FlowMod mod) =>
        new(MatchNormalisation.Normalise(mod.Match), mod.Match.IsExact ? ExactRank : mod.Priority);
}
