using System.Collections.Immutable;
using Lime.Core.Networks;
using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Switches;

/// <summary>What is configured of a controller's switches.</summary>
/// <param name="Network">The network, or null: one to one.</param>
/// <param name="Spares">Switches that no app sees, besides those of the network.</param>
/// <param name="UnknownRules">What becomes of rules that nobody knows.</param>
/// <param name="Limits">The bounds of each virtual switch.</param>
internal sealed record RegistrySettings(
    NetworkDescription? Network,
    ImmutableArray<DatapathId> Spares,
    UnknownRuleTreatment UnknownRules,
    VirtualSwitchLimits Limits);
