using Lime.Core.Emulation;
using Lime.Core.Hosting;
using Lime.Core.Migration;
using Lime.Core.Rules;
using Lime.Core.Switches;
using Lime.OpenFlow;
using NUnit.Framework;

namespace Lime.Tests.Migration;

/// <remarks>Goal: a large table is migrated in slices, so that the packet path is never held up for long, however many
/// rules there are. Method: what a turn of the loop does is counted, not timed.</remarks>
public sealed class LargeTableTests
{
    private const int Rules = 6_000;
    private const int BatchRules = 400;

    [Test]
    public void No_turn_copies_more_than_a_batch_and_pings_go_on(
        [Values(OpenFlowVersion.V10, OpenFlowVersion.V13)] OpenFlowVersion version)
    {
        using FigureThreeBed lab = Large(version);
        Pinger pings = lab.StartPings(5);
        IMigration migration = lab.Start();
        int before = 0;
        int most = 0;
        int turns = 0;
        bool isCopied = lab.Bed.RunUntil(() =>
        {
            int now = (int)(lab.Moved.Follower?.Instance.FlowModsSent ?? before);
            most = Math.Max(most, now - before);
            turns += now > before ? 1 : 0;
            before = now;
            return migration.Progress.Phase >= MigrationPhase.Cloned;
        });
        Assert.That(isCopied, Is.True, $"{migration.Progress}");
        Assert.That(before, Is.GreaterThanOrEqualTo(Rules));
        Assert.That(most, Is.LessThanOrEqualTo(2 * BatchRules));
        Assert.That(turns, Is.GreaterThanOrEqualTo(Rules / BatchRules / 2));
        Assert.That(lab.Finish(migration).Phase, Is.EqualTo(MigrationPhase.Completed));
        Assert.That(FigureThreeBed.RuleCount(lab.S3), Is.Zero);
        Assert.That(FigureThreeBed.RuleCount(lab.S4), Is.GreaterThanOrEqualTo(Rules));
        pings.Stop();
        lab.Bed.RunMs(100);
        Assert.That(pings.Summarise().Lost, Is.Zero);
    }

    [Test]
    public void All_rules_are_gone_over_in_many_turns_and_those_that_stay_are_met_once()
    {
        using FigureThreeBed lab = Large(OpenFlowVersion.V10);
        VirtualSwitch moved = lab.Moved;
        FlowRule[] all = [.. moved.Table.Rules];
        var met = new List<FlowRule>();
        Task walk = lab.Bed.Do(() => RuleWalk.EachAsync(moved, met.Add));
        int turns = 0;
        var gone = new HashSet<FlowRule>();
        lab.Bed.RunUntil(() =>
        {
            // Some go meanwhile, before or behind where the walk is.
            FlowRule leaving = all[(turns * 997) % all.Length];
            if (gone.Add(leaving)) moved.Table.Remove(leaving);
            turns++;
            return walk.IsCompleted;
        });
        Assert.That(walk.IsCompletedSuccessfully, Is.True);
        Assert.That(turns, Is.GreaterThanOrEqualTo(Rules / RuleWalk.SliceRules));
        Assert.That(met, Is.Unique);
        Assert.That(met, Is.SupersetOf(all.Except(gone)));
    }

    private static FigureThreeBed Large(OpenFlowVersion version) => new(version, new FigureThreeOptions
    {
        OtherRules = Rules,
        Moved = new EmulatedSwitchOptions(),
        Lime = new LimeOptions { CopyBatchRules = BatchRules },
    });
}
