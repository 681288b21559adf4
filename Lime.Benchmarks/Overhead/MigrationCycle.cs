using System.Collections.Immutable;
using Lime.Core.Migration;
using Lime.Core.Networks;
using Lime.Core.Rules;
using Lime.OpenFlow.Identifiers;

namespace Lime.Benchmarks.Overhead;

/// <summary>Clones a switch, and gives it up again when both instances live, over and over: so there is
/// nearly always a migration under way, and the packets still come from where they came from.</summary>
/// <remarks>Threading: the loop's.</remarks>
internal sealed class MigrationCycle(LayeredController controller, DatapathId source, DatapathId target)
{
    private static readonly ImmutableArray<PortMapping> Ports =
        [.. Enumerable.Range(1, 4).Select(port => new PortMapping(new((uint)port), new((uint)port)))];

    /// <summary>How often both instances have lived.</summary>
    public int Clones { get; private set; }

    /// <summary>Why the last migration ended other than by our asking; null: none has.</summary>
    public string? Failure { get; private set; }

    /// <summary>Goes on until <paramref name="stop"/>, or until a migration fails.</summary>
    /// <param name="stay">How long both instances live, and how long it rests before the next clone, by the loop's
    /// clock.</param>
    /// <param name="stop">Ends it.</param>
    public async Task RunAsync(TimeSpan stay, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested && Failure is null)
        {
            IMigration migration = await controller.Ensembles.MigrateAsync(
                new MigrationPlan(source.ToString(), target)
                {
                    TargetPorts = Ports,
                    AttachmentInterval = TimeSpan.FromMinutes(10),
                    Deadline = TimeSpan.FromHours(1),
                    DrainQuietTime = TimeSpan.Zero,
                    // Its switches have no data plane that could lag.
                    Evidence = Evidence.Barrier,
                },
                CancellationToken.None);
            await foreach (MigrationProgress progress in migration.WatchAsync(CancellationToken.None))
            {
                if (progress.Phase == MigrationPhase.Cloned) break;
                if (progress.IsFinal) Failure = progress.Detail;
            }
            if (Failure is not null) return;
            Clones++;
            await WaitAsync(stay, stop);
            await migration.AbortAsync("Again.");
            await WaitAsync(stay, stop);
        }
    }

    private Task WaitAsync(TimeSpan time, CancellationToken stop) =>
        LoopDelay.WaitAsync(controller.Loop.Time, time, stop);
}
