using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Lime.Core.Migration;

namespace Lime.Tests.Sample;

/// <summary>A migration whose progress the test says.</summary>
internal sealed class ScriptedMigration(int id, MigrationPlan plan) : IMigration
{
    private readonly TaskCompletionSource<MigrationProgress> _completion =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly TaskCompletionSource<string> _abortReason =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly Channel<MigrationProgress> _progress =
        System.Threading.Channels.Channel.CreateUnbounded<MigrationProgress>();
    private readonly List<MigrationProgress> _timeline = [new MigrationProgress { Detail = "checking" }];

    public int Id => id;

    public MigrationPlan Plan => plan;

    public MigrationProgress Progress { get; private set; } = new() { Detail = "checking" };

    public IReadOnlyList<MigrationProgress> Timeline => _timeline;

    public Task<MigrationProgress> Completion => _completion.Task;

    public MigrationPlan? Undo { get; set; }

    /// <summary>Completes when somebody asks for an abort.</summary>
    public Task<string> AbortReason => _abortReason.Task;

    /// <summary>If set, an abort ends it at once.</summary>
    public bool AbortsAtOnce { get; init; }

    public void Report(MigrationProgress progress)
    {
        Progress = progress;
        _progress.Writer.TryWrite(progress);
        if (!progress.IsFinal) return;
        _progress.Writer.Complete();
        _completion.SetResult(progress);
    }

    public async IAsyncEnumerable<MigrationProgress> WatchAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (MigrationProgress each in _progress.Reader.ReadAllAsync(cancellationToken)) yield return each;
    }

    public Task<MigrationProgress> AbortAsync(string reason)
    {
        _abortReason.TrySetResult(reason);
        if (AbortsAtOnce)
            Report(new() { Phase = MigrationPhase.Aborted, Detail = reason, Elapsed = TimeSpan.FromSeconds(9) });
        return Completion;
    }
}
