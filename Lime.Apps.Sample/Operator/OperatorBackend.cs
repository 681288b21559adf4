using System.Collections.Immutable;
using Lime.Core.Apps;
using Lime.Core.Hosting;
using Lime.Core.Migration;
using Lime.Core.Networks;

namespace Lime.Apps.Sample.Operator;

/// <summary>What the operator API is an API over: the controller's own C# API.</summary>
/// <remarks>Threading: everything in it may be used from any thread.</remarks>
internal sealed record OperatorBackend
{
    /// <summary>The network that was configured; null: one-to-one.</summary>
    public NetworkDescription? Network { get; init; }

    public required Func<ImmutableArray<IVirtualSwitch>> VirtualSwitches { get; init; }

    public required Func<ImmutableArray<PhysicalSwitchStatus>> PhysicalSwitches { get; init; }

    /// <summary>The networks that can be made while the controller runs; null: none can.</summary>
    public IVirtualNetworks? Networks { get; init; }

    public required IEnsembleManager Ensembles { get; init; }

    /// <summary>Told of each migration that the API has started.</summary>
    public Action<IMigration> Started { get; init; } = _ => { };

    /// <summary>Told of each ensemble's migration that the API has started.</summary>
    public Action<IEnsembleMigration> EnsembleStarted { get; init; } = _ => { };

    /// <summary>The virtual switch of this name, or of this datapath id.</summary>
    public IVirtualSwitch? FindVirtualSwitch(string nameOrDatapath)
    {
        ImmutableArray<IVirtualSwitch> all = VirtualSwitches();
        return all.FirstOrDefault(each => each.Name == nameOrDatapath)
            ?? all.FirstOrDefault(each => each.Datapath.ToString() == nameOrDatapath);
    }
}
