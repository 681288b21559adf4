using Lime.Core.Migration;

namespace Lime.Core.Switches;

/// <summary>Looks at a plan without doing anything.</summary>
/// <remarks>It only asks: nothing is reserved, so what it found may have changed when the plan is begun. Threading: the
/// owner loop's.</remarks>
internal static class PlanPreview
{
    public static async Task<MigrationPreview> RunAsync(
        SwitchRegistry registry, MigrationPlan plan, double flowModsPerSecond, CancellationToken cancellationToken)
    {
        var findings = new PlanFindings();
        var check = new PlanCheck(registry, plan);
        MigrationForecast? forecast = null;
        await findings.CheckAsync(FindingTopic.Switches, async () =>
        {
            MigrationScope scope = check.FindScope(findings);
            await check.AskSwitchesAsync(scope, findings, cancellationToken);
            // Where a port has no place, what it would take can't be told.
            if (findings.All.Any(each => each is { Kind: FindingKind.Refusal, Topic: FindingTopic.Ports })) return;
            TimeSpan roundTrip = await MeasureRoundTripAsync(scope, registry.Loop);
            forecast = await PlanForecast.OfAsync(
                scope, plan, roundTrip, flowModsPerSecond, registry.Limits.CopyBatchRules);
            TimeSpan evidence = PlanForecast.EvidenceTime(scope, plan, await FindSettleTimeAsync(scope, plan));
            forecast = forecast with { Duration = forecast.Duration + evidence };
            if (forecast.Duration > plan.Deadline)
            {
                findings.Note(
                    FindingTopic.Time,
                    $"It is expected to take {forecast.Duration.TotalSeconds:F1} s, longer than its deadline of "
                    + $"{plan.Deadline.TotalSeconds:F0} s.");
            }
        });
        return new MigrationPreview(plan, findings.All, forecast);
    }

    private static async Task<TimeSpan> FindSettleTimeAsync(MigrationScope scope, MigrationPlan plan)
    {
        TimeSpan longest = TimeSpan.Zero;
        foreach (PhysicalSwitch each in scope.PhysicalSwitches)
        {
            IEvidence kind = await EvidenceChoice.ForAsync(each, plan.Evidence);
            if (kind.QuietTime > longest) longest = kind.QuietTime;
        }
        return longest;
    }

    private static async Task<TimeSpan> MeasureRoundTripAsync(MigrationScope scope, LoopAccess loop)
    {
        TimeSpan longest = TimeSpan.Zero;
        foreach (PhysicalSwitch each in scope.PhysicalSwitches)
        {
            long start = loop.NowTicks;
            if (!await each.TryBarrierAsync()) continue;
            var roundTrip = TimeSpan.FromTicks(loop.NowTicks - start);
            if (roundTrip > longest) longest = roundTrip;
        }
        return longest;
    }
}
