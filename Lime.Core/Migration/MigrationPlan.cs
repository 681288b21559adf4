using System.Collections.Immutable;
using Lime.Core.Networks;
using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Migration;

/// <summary>What is to move where, and how.</summary>
/// <param name="Switch">The virtual switch's name, or its datapath id's digits.</param>
/// <param name="Target">The spare physical switch to move it to.</param>
public sealed record MigrationPlan(string Switch, DatapathId Target)
{
    /// <summary>How it moves.</summary>
    public MigrationMethod Method { get; init; } = MigrationMethod.Clone;

    /// <summary>Where virtual ports are at the target, for those that no physical link tells (ports to
    /// hosts).</summary>
    public ImmutableArray<PortMapping> TargetPorts { get; init; } = [];

    /// <summary>How long it may take before it is aborted, 1 s to 24 h.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a step may take without getting on before the migration is aborted, 1 s to 24 h. The drain,
    /// which lasts as long as there is traffic, is bounded by <see cref="Deadline"/> alone.</summary>
    public TimeSpan StepTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long to wait between the move of one attachment and the next, 0 to 1 h; both instances carry
    /// traffic meanwhile, so an operator can watch the target at work before all depends on it. Cloning only: by
    /// freeze-and-copy all attachments move at once. The default is not to wait.</summary>
    public TimeSpan AttachmentInterval { get; init; }

    /// <summary>How long the source's counters have to stand still before it is retired, 0 to 1 h. Open
    /// vSwitch credits counters up to 500 ms late; the default is two such rounds and a margin.</summary>
    public TimeSpan DrainQuietTime { get; init; } = TimeSpan.FromMilliseconds(1200);

    /// <summary>What shows that the two switches' data planes have their rules, before the first attachment moves and
    /// for each rule change while both carry traffic; null: their answers to barriers. Retirement waits for
    /// <see cref="DrainQuietTime"/>, and for the evidence's own quiet time if that is longer. Cloning only.</summary>
    public IEvidence? Evidence { get; init; }

    /// <summary>What becomes of packets whose rule is being changed while both switches carry traffic. Cloning only: by
    /// freeze-and-copy apps' changes wait until one switch is left.</summary>
    public GuardMode Guard { get; init; } = GuardMode.Serialise;

    /// <summary>How much apps' rule changes may cost before the migration is aborted.</summary>
    public UpdateBudgets Budgets { get; init; } = new();

    /// <summary>Whether a flow has to keep the bucket that a select group has chosen for it. Switches choose each in
    /// their own way, so that a plan for a switch with such groups is refused then; else it is noted only.</summary>
    public bool RequireSelectAffinity { get; init; }
}
