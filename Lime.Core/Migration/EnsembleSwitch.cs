using System.Collections.Immutable;
using Lime.Core.Networks;
using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Migration;

/// <summary>A virtual switch of an ensemble, and where it goes.</summary>
/// <param name="Switch">Its name, or its datapath id's digits.</param>
/// <param name="Target">The spare physical switch.</param>
public sealed record EnsembleSwitch(string Switch, DatapathId Target)
{
    /// <summary>Where virtual ports are at the target, for those that neither a cable nor a host of the ensemble
    /// tells.</summary>
    public ImmutableArray<PortMapping> TargetPorts { get; init; } = [];
}
