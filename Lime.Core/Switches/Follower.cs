using Lime.Core.Rules;

namespace Lime.Core.Switches;

/// <summary>An instance that is being filled and carries no traffic yet.</summary>
/// <param name="Instance">The instance.</param>
/// <param name="IsLive">Clone: every update goes to it as it happens. Freeze-and-copy: what changed is noted
/// and copied in a later round.</param>
/// <remarks>Threading: the owner loop's.</remarks>
internal sealed record Follower(Instance Instance, bool IsLive)
{
    /// <summary>Rules that changed since they were copied; those removed among them are to be
    /// deleted.</summary>
    public HashSet<FlowRule> Dirty { get; } = [];

    /// <summary>Whether it has been given groups and meters: from then on it is told of their changes.</summary>
    public bool HasResources { get; set; }

    /// <summary>Takes an update of the source.</summary>
    public void Follow(in RuleChange change)
    {
        if (!IsLive)
        {
            Dirty.Add(change.Rule);
            return;
        }
        // A switch may reorder what no barrier parts (OpenFlow 1.0.0 section 4.2); this rule may be on its way already.
        _ = Instance.Physical.TryBarrierAsync();
        Apply(change.Rule);
    }

    /// <summary>Brings a rule that changed up to date.</summary>
    public void Apply(FlowRule rule)
    {
        if (rule.IsRemoved) Instance.Deletions.DeleteAwaited(rule);
        else Instance.Install(rule, OpenFlow.Messages.FlowModCommand.Add, null);
    }
}
