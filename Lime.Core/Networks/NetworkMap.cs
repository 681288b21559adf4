using System.Collections.Immutable;
using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Networks;

/// <summary>Which physical switches realise which virtual ones, and where each virtual port is at each of
/// them.</summary>
/// <param name="Version">Counts up with every change.</param>
/// <param name="Instances">By virtual and physical datapath id.</param>
/// <remarks>Threading: an immutable snapshot; the controller's loop replaces it.</remarks>
internal sealed record NetworkMap(
    long Version,
    ImmutableDictionary<(DatapathId Virtual, DatapathId Instance), InstanceMap> Instances)
{
    /// <summary>The map of no network.</summary>
    public static NetworkMap Empty { get; } =
        new(0, ImmutableDictionary<(DatapathId Virtual, DatapathId Instance), InstanceMap>.Empty);

    /// <summary>The next version, with one instance placed or placed anew.</summary>
    public NetworkMap With(DatapathId virtualSwitch, DatapathId instance, InstanceMap map) =>
        new(Version + 1, Instances.SetItem((virtualSwitch, instance), map));

    /// <summary>The next version, with one instance gone.</summary>
    public NetworkMap Without(DatapathId virtualSwitch, DatapathId instance) =>
        new(Version + 1, Instances.Remove((virtualSwitch, instance)));

    /// <summary>The virtual switch that a physical one realises, or null.</summary>
    public DatapathId? RealisedBy(DatapathId instance)
    {
        foreach ((DatapathId Virtual, DatapathId Instance) key in Instances.Keys)
        {
            if (key.Instance == instance) return key.Virtual;
        }
        return null;
    }
}
