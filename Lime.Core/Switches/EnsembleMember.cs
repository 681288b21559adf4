using System.Collections.Immutable;
using Lime.Core.Migration;
using Lime.Core.Networks;

namespace Lime.Core.Switches;

/// <summary>One virtual switch of an ensemble that migrates.</summary>
/// <remarks>Threading: the owner loop's.</remarks>
internal sealed class EnsembleMember : IMigrationDriver
{
    private readonly EnsembleRun _run;

    public EnsembleMember(SwitchRegistry registry, EnsembleRun run, EnsembleSwitch member, EnsembleTies ties)
    {
        _run = run;
        Plan = PlanOf(registry, run.Plan, member);
        Steps = new EnsembleSteps(registry, this, run.Tally.AddSwitch(), ties);
    }

    public int Id => _run.Id;

    public MigrationPlan Plan { get; }

    public EnsembleSteps Steps { get; }

    /// <summary>How many attachments it has.</summary>
    public int Attachments { get; set; }

    /// <summary>What one virtual switch's part in the plan would be if it moved alone.</summary>
    public static MigrationPlan PlanOf(SwitchRegistry registry, EnsemblePlan plan, EnsembleSwitch member)
    {
        string? name = registry.FindVirtual(member.Switch)?.Name;
        IEnumerable<PortMapping> hosts = plan.Hosts.Where(each => each.At.Switch == name)
            .Select(each => new PortMapping(each.At.Port, each.TargetPort));
        ImmutableArray<PortMapping> ports = [.. hosts.Concat(member.TargetPorts).DistinctBy(each => each.VirtualPort)];
        return new MigrationPlan(member.Switch, member.Target)
        {
            Method = plan.Method,
            TargetPorts = ports,
            Deadline = plan.Deadline,
            StepTimeout = plan.StepTimeout,
            DrainQuietTime = plan.DrainQuietTime,
            Evidence = plan.Evidence,
            Guard = plan.Guard,
            Budgets = plan.Budgets,
            RequireSelectAffinity = plan.RequireSelectAffinity,
        };
    }

    public void Handle(MigrationEvent migrationEvent) => _run.Handle(migrationEvent switch
    {
        MigrationEvent.SourceLost lost => new EnsembleEvent.SourceLost(lost.Reason),
        MigrationEvent.TargetLost lost => new EnsembleEvent.TargetLost(lost.Reason),
        MigrationEvent.NeighbourRefused refused => new EnsembleEvent.TargetLost(refused.Reason),
        MigrationEvent.StepFailed failed => new EnsembleEvent.StepFailed(failed.Reason),
        _ => throw new LimeInvariantException($"{Plan.Switch} of an ensemble cannot meet {migrationEvent}."),
    });

    /// <summary>Neighbours outside the ensemble send to the target.</summary>
    public async Task MoveNeighboursAsync(CancellationToken cancellationToken)
    {
        if (Plan.Method == MigrationMethod.FreezeAndCopy)
        {
            await Steps.MoveAllAsync(cancellationToken);
            return;
        }
        for (int i = 0; i < Attachments; i++) await Steps.MoveAttachmentAsync(i, cancellationToken);
    }
}
