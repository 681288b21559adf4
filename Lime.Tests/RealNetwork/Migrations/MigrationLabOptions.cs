using Lime.Core.Apps;
using Lime.Core.Migration;
using Lime.Core.Networks;
using Lime.OpenFlow;
using Lime.OpenFlow.Messages;

namespace Lime.Tests.RealNetwork.Migrations;

/// <summary>What may differ between tests of migrations.</summary>
internal sealed record MigrationLabOptions
{
    /// <summary>What the app installs on s3 besides the path.</summary>
    public IReadOnlyList<FlowMod> RulesOnS3 { get; init; } = MixedRules.Make(100);

    /// <summary>Groups and meters that the app installs on s3 before its rules.</summary>
    public IReadOnlyList<OpenFlowMessage> ResourcesOnS3 { get; init; } = [];

    /// <summary>Apps that are called before the one that installs the path.</summary>
    public IReadOnlyList<IControllerApp> FirstApps { get; init; } = [];

    /// <summary>What controller and switches speak.</summary>
    public OpenFlowVersion Version { get; init; } = OpenFlowVersion.V10;

    /// <summary>Done to the switches before the controller is there.</summary>
    public Action<FigureThreeNetwork> Prepare { get; init; } = _ => { };

    /// <summary>What the controller is told, where that is not the truth.</summary>
    public Func<NetworkDescription, NetworkDescription> Describe { get; init; } = network => network;

    /// <summary>What a migration waits for before it believes a switch; null: what Lime chooses, which takes
    /// seconds.</summary>
    public IEvidence? Evidence { get; init; } = Core.Migration.Evidence.Barrier;

    /// <summary>An Open vSwitch with few flows looks through them at once when its rules have changed: far less than
    /// what Lime waits for, so that many migrations fit into a test.</summary>
    public static IEvidence Brief { get; } = new SettleEvidence(TimeSpan.FromMilliseconds(200));

    /// <summary>How long counters have to stand still before a source is retired.</summary>
    public TimeSpan DrainQuietTime { get; init; } = new MigrationPlan("", default).DrainQuietTime;

    /// <summary>Half of what Lime waits for: where no counters are read, and only packets on their way
    /// matter.</summary>
    public static TimeSpan BriefDrain { get; } = TimeSpan.FromMilliseconds(600);

    /// <summary>Whether s4 connects.</summary>
    public bool HasTarget { get; init; } = true;
}
