namespace Lime.Core.Migration;

/// <summary>In which order the hosts of an ensemble move.</summary>
public enum HostOrder
{
    /// <summary>As the plan lists them.</summary>
    Given,

    /// <summary>So that, by the plan's <see cref="EnsemblePlan.Traffic"/>, as little as possible goes between hosts at
    /// the old places and at the new ones while they move.</summary>
    Computed,
}
