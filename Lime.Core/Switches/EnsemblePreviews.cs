using System.Collections.Immutable;
using Lime.Core.Migration;

namespace Lime.Core.Switches;

/// <summary>Looks at a plan for an ensemble without doing anything.</summary>
/// <remarks>Threading: the owner loop's.</remarks>
internal static class EnsemblePreviews
{
    public static async Task<EnsemblePreview> RunAsync(
        SwitchRegistry registry, EnsemblePlan plan, CancellationToken cancellationToken)
    {
        var findings = new PlanFindings();
        EnsembleTies ties = EnsembleTies.Find(registry, plan, findings);
        var scopes = new Dictionary<string, MigrationScope>(StringComparer.Ordinal);
        foreach (EnsembleSwitch each in plan.Switches)
        {
            var check = new PlanCheck(registry, EnsembleMember.PlanOf(registry, plan, each)) { Ties = ties };
            await findings.CheckAsync(FindingTopic.Switches, async () =>
            {
                MigrationScope scope = check.FindScope(findings);
                scopes[scope.Moved.Name] = scope;
                await check.AskSwitchesAsync(scope, findings, cancellationToken);
            });
        }
        ImmutableArray<HostMove> moves =
        [
            .. HostOrdering.Order(plan).Where(each => scopes.ContainsKey(each.At.Switch))
                .Select(each => MoveOf(each, scopes[each.At.Switch])).OfType<HostMove>(),
        ];
        return new EnsemblePreview(plan, findings.All, moves);
    }

    private static HostMove? MoveOf(EnsembleHost host, MigrationScope scope)
    {
        if (scope.Source.Map.PlaceOf(host.At.Port)?.Home is not { } home) return null;
        PhysicalSwitch source = scope.Source.Physical;
        return new HostMove(
            host.Name, host.Mac, new HostPlace(source.Name, source.Datapath, home),
            new HostPlace(scope.Target.Name, scope.Target.Datapath, host.TargetPort));
    }
}
