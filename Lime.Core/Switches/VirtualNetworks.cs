using System.Collections.Immutable;
using Lime.Core.Networks;

namespace Lime.Core.Switches;

/// <summary>Makes, changes and deletes virtual networks while others carry traffic.</summary>
/// <remarks>Everything is checked before anything is changed, in one turn of the loop. Threading: the public members
/// any; the rest the owner loop's.</remarks>
internal sealed class VirtualNetworks(SwitchRegistry registry) : IVirtualNetworks
{
    private static readonly TimeSpan DeletionWait = TimeSpan.FromSeconds(10);

    private readonly NetworkAdmission _admission = new(registry);

    private volatile ImmutableSortedDictionary<string, VirtualNetworkDescription> _all =
        ImmutableSortedDictionary.Create<string, VirtualNetworkDescription>(StringComparer.Ordinal);

    public ImmutableArray<VirtualNetworkDescription> All => [.. _all.Values];

    public Task<NetworkOutcome> CreateAsync(
        VirtualNetworkDescription network, CancellationToken cancellationToken = default) =>
        OnLoopAsync(() => Task.FromResult(Create(network)), cancellationToken);

    public Task<NetworkOutcome> ChangeAsync(
        VirtualNetworkDescription network, CancellationToken cancellationToken = default) =>
        OnLoopAsync(() => ChangeAsync(network), cancellationToken);

    public Task<NetworkOutcome> DeleteAsync(string name, CancellationToken cancellationToken = default) =>
        OnLoopAsync(() => DeleteAsync(name), cancellationToken);

    private NetworkOutcome Create(VirtualNetworkDescription network)
    {
        if (_all.ContainsKey(network.Name))
        {
            return NetworkOutcome.Refused(
                NetworkRefusal.Exists, "$.name", $"there is a virtual network '{network.Name}' already.");
        }
        NetworkOutcome admitted = _admission.Check(network, replaced: null);
        if (!admitted.IsDone) return admitted;
        foreach (VirtualSwitchDescription each in network.VirtualSwitches) registry.AddAtRunTime(each);
        registry.Topology.Add(network.VirtualLinks);
        _all = _all.Add(network.Name, network);
        return NetworkOutcome.Done;
    }

    private async Task<NetworkOutcome> ChangeAsync(VirtualNetworkDescription network)
    {
        if (!_all.TryGetValue(network.Name, out VirtualNetworkDescription? before)) return Unknown(network.Name);
        NetworkOutcome admitted = _admission.Check(network, before);
        if (!admitted.IsDone) return admitted;
        var names = network.VirtualSwitches.Select(each => each.Name).ToHashSet(StringComparer.Ordinal);
        ImmutableArray<VirtualSwitchDescription> going =
            [.. before.VirtualSwitches.Where(each => !names.Contains(each.Name))];
        registry.Topology.Remove(before.VirtualLinks);
        registry.Topology.Add(network.VirtualLinks);
        _all = _all.SetItem(network.Name, network);
        Task gone = RemoveAsync(going);
        foreach (VirtualSwitchDescription each in network.VirtualSwitches)
        {
            if (registry.FindVirtual(each.Name) is { } present) present.SetQuota(each.Quota);
            else registry.AddAtRunTime(each);
        }
        await gone;
        return NetworkOutcome.Done;
    }

    private async Task<NetworkOutcome> DeleteAsync(string name)
    {
        if (!_all.TryGetValue(name, out VirtualNetworkDescription? network)) return Unknown(name);
        if (_admission.FindBusy(network.VirtualSwitches) is { } busy)
            return NetworkOutcome.Refused(NetworkRefusal.Busy, "$.name", busy);
        registry.Topology.Remove(network.VirtualLinks);
        _all = _all.Remove(name);
        await RemoveAsync(network.VirtualSwitches);
        return NetworkOutcome.Done;
    }

    private Task RemoveAsync(ImmutableArray<VirtualSwitchDescription> switches)
    {
        var gone = new List<Task>();
        foreach (VirtualSwitchDescription each in switches)
        {
            if (registry.FindVirtual(each.Name) is { } present) gone.AddRange(registry.Remove(present));
        }
        return gone.Count == 0
            ? Task.CompletedTask
            : Task.WhenAny(Task.WhenAll(gone), registry.Loop.WaitAsync(DeletionWait, CancellationToken.None));
    }

    private static NetworkOutcome Unknown(string name) => NetworkOutcome.Refused(
        NetworkRefusal.Unknown, "$.name", $"no virtual network that was made at run time is named '{name}'.");

    private Task<NetworkOutcome> OnLoopAsync(
        Func<Task<NetworkOutcome>> operation, CancellationToken cancellationToken)
    {
        // Never within an app's callback, which may be in the middle of what would change.
        var result = new TaskCompletionSource<NetworkOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        registry.Loop.Post(() => _ = CompleteAsync(operation, result));
        return result.Task.WaitAsync(cancellationToken);
    }

    private static async Task CompleteAsync(
        Func<Task<NetworkOutcome>> operation, TaskCompletionSource<NetworkOutcome> result)
    {
        try
        {
            result.SetResult(await operation());
        }
        catch (Exception exception)
        {
            result.SetException(exception);
        }
    }
}
