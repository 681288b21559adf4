namespace Lime.Core.Switches;

/// <summary>A reading of counters that has its turn among an app's commands: none is carried out while it lasts, so
/// that what is read belongs to the rules that are there.</summary>
/// <remarks>Threading: the owner loop's.</remarks>
internal sealed class QueuedReading
{
    private readonly TaskCompletionSource _reached = new();
    private readonly TaskCompletionSource _ended = new();

    /// <summary>Completes when its turn has come.</summary>
    public Task Reached => _reached.Task;

    /// <summary>Completes when it is over.</summary>
    public Task Ended => _ended.Task;

    public void Begin() => _reached.TrySetResult();

    public void End() => _ended.TrySetResult();
}
