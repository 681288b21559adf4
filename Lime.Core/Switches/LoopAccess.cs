using Lime.Core.Rules;
using Microsoft.Extensions.Logging;

namespace Lime.Core.Switches;

/// <summary>What the switches need of the loop that owns them.</summary>
/// <param name="Time">Its clock and timers.</param>
/// <param name="IsCurrent">Whether the caller runs on it.</param>
/// <param name="Post">Queues work on it; from any thread.</param>
/// <param name="Logger">Where to log.</param>
internal sealed record LoopAccess(TimeProvider Time, Func<bool> IsCurrent, Action<Action> Post, ILogger Logger)
{
    /// <summary>When the loop's present turn began, in ticks: the time of all that happens in it, read once.</summary>
    public required Func<long> TurnTicks { get; init; }

    /// <summary>Loop time in ticks.</summary>
    public long NowTicks => Time.GetTimestamp();

    /// <summary>Completes on the loop after a while.</summary>
    public Task WaitAsync(TimeSpan duration, CancellationToken cancellationToken) =>
        LoopDelay.WaitAsync(Time, duration, cancellationToken);
}
