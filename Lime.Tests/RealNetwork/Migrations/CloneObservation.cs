using Lime.Core.Migration;

namespace Lime.Tests.RealNetwork.Migrations;

/// <summary>One clone migration, as the links around both instances saw it.</summary>
/// <param name="End">How it ended.</param>
/// <param name="Interval">How long one attachment waited for the other.</param>
/// <param name="SourcePackets">Packets that came in at the source while both instances were
/// live.</param>
/// <param name="TargetPackets">Packets that came in at the target while both instances were
/// live.</param>
/// <param name="SharedTime">From Cloned to Draining: some attachments lead to the source, some to
/// the target.</param>
/// <param name="LiveTime">From Cloned to Retiring: both instances have every rule and forward what
/// reaches them.</param>
internal sealed record CloneObservation(
    MigrationProgress End, TimeSpan Interval, long SourcePackets, long TargetPackets, TimeSpan SharedTime,
    TimeSpan LiveTime)
{
    /// <summary>Shorter than the interval of any attachments that what the source carries is judged of.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(2);

    /// <summary>Clones s3 from one bridge to the other, its attachments so far apart, and watches.</summary>
    public static async Task<CloneObservation> MakeAsync(
        MigrationLab lab, OvsBridge source, OvsBridge target, TimeSpan interval)
    {
        LinkCounters atSource = new(source);
        LinkCounters atTarget = new(target);
        IMigration migration = await lab.BeginAsync(target.DatapathId, interval);
        (long Source, long Target) before = await PhaseTrap.SpringAsync(
            lab.Controller, migration,
            progress => progress.Phase == MigrationPhase.Cloned || progress.AttachmentsMoved > 0,
            () => (atSource.Received, atTarget.Received), Look);
        MigrationProgress end = await MigrationLab.EndOfAsync(migration);
        return new CloneObservation(
            end,
            interval,
            atSource.Received - before.Source,
            atTarget.Received - before.Target,
            EntryOf(migration, MigrationPhase.Draining) - EntryOf(migration, MigrationPhase.Cloned),
            EntryOf(migration, MigrationPhase.Retiring) - EntryOf(migration, MigrationPhase.Cloned));
    }

    public override string ToString() =>
        $"{Interval.TotalMilliseconds:F0} ms apart: {End.RulesCopied} rules copied; " +
        $"while cloned {SourcePackets} packets through the source, " +
        $"{TargetPackets} through the target; attachments on both sides for " +
        $"{SharedTime.TotalMilliseconds:F1} ms, both instances live for {LiveTime.TotalMilliseconds:F0} ms, " +
        $"all in {End.Elapsed.TotalMilliseconds:F0} ms";

    public static TimeSpan EntryOf(IMigration migration, MigrationPhase phase) =>
        migration.Timeline.First(progress => progress.Phase == phase).Elapsed;
}
