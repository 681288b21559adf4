using System.Collections.Immutable;

namespace Lime.Core.Networks;

/// <summary>The tenants' networks that were made while the controller runs.</summary>
/// <remarks>What the controller was started with is not among them, and can't be changed by this. Threading: everything
/// may be called from any thread, also from apps.</remarks>
public interface IVirtualNetworks
{
    /// <summary>Those that are there, by name, as they were described: a switch that has migrated since is where the
    /// status of physical switches says.</summary>
    ImmutableArray<VirtualNetworkDescription> All { get; }

    /// <summary>Makes one. Each of its switches lies on a part of a physical switch, which other virtual switches may
    /// share, and is shown to apps at once if that is connected.</summary>
    Task<NetworkOutcome> CreateAsync(
        VirtualNetworkDescription network, CancellationToken cancellationToken = default);

    /// <summary>Makes the one of this name as described: switches that are new come, those that are not named go,
    /// quotas and links change. Where a switch that stays lies can't be changed so; that is what migrations are
    /// for.</summary>
    /// <remarks>A quota below what is used takes nothing away; nothing more is given until less is used.</remarks>
    Task<NetworkOutcome> ChangeAsync(
        VirtualNetworkDescription network, CancellationToken cancellationToken = default);

    /// <summary>Deletes one: apps see its switches go, and what lies on physical switches is taken away, at those that
    /// are not connected when they are again.</summary>
    /// <returns>Completes when all is gone from the connected ones, or after 10 s.</returns>
    Task<NetworkOutcome> DeleteAsync(string name, CancellationToken cancellationToken = default);
}
