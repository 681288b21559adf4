using Lime.Core.Apps;
using Lime.Core.Emulation;
using Lime.Core.Migration;
using Lime.OpenFlow;

namespace Lime.Tests.Ensembles;

/// <summary>How an <see cref="EnsembleBed"/> is.</summary>
internal sealed record EnsembleBedOptions
{
    public OpenFlowVersion Version { get; init; } = OpenFlowVersion.V13;

    public int Seed { get; init; } = 1;

    /// <summary>Virtual switches in a row; all of them move.</summary>
    public int Switches { get; init; } = 3;

    public int HostsPerSwitch { get; init; } = 1;

    /// <summary>Whether there is one link between the sites, for tunnels, and no cable a host.</summary>
    public bool IsByTunnels { get; init; }

    /// <summary>One way over the link between the sites.</summary>
    public double WanMs { get; init; } = 10;

    /// <summary>Apps behind the one that records.</summary>
    public IControllerApp[] MoreApps { get; init; } = [];

    /// <summary>Whether the switches have rules from the start, to each host and for broadcasts.</summary>
    public bool HasRules { get; init; } = true;

    /// <summary>How all switches are.</summary>
    public EmulatedSwitchOptions Hardware { get; init; } = new();

    public EmulatedHostMoverOptions Mover { get; init; } = new()
    {
        CopyTime = TimeSpan.FromMilliseconds(100),
        PauseTime = TimeSpan.FromMilliseconds(20),
    };

    /// <summary>What stands between Lime and the mover.</summary>
    public Func<IHostMover, IHostMover> Around { get; init; } = static mover => mover;
}
