namespace Lime.Core.Migration;

/// <summary>Notices when a step of a migration doesn't get on.</summary>
/// <remarks>Life cycle: <see cref="Watch(TimeSpan)"/> and <see cref="Rest"/> alternate. Threading: the owner
/// loop's.</remarks>
internal sealed class StepWatchdog : IDisposable
{
    private readonly MigrationPlan _plan;
    private readonly ITimer _timer;
    private TimeSpan _limit = Timeout.InfiniteTimeSpan;

    /// <param name="plan">What is allowed.</param>
    /// <param name="time">The loop's clock.</param>
    /// <param name="bark">Told what has not got on.</param>
    public StepWatchdog(MigrationPlan plan, TimeProvider time, Action<string> bark)
    {
        _plan = plan;
        _timer = time.CreateTimer(
            _ => bark($"A step did not get on for {_limit}."), null,
            Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>A step begins.</summary>
    public void Watch(MigrationEffect effect) => Watch(LimitOf(effect));

    /// <summary>A step begins that may go so long without getting on.</summary>
    public void Watch(TimeSpan limit)
    {
        _limit = limit;
        GotOn();
    }

    private TimeSpan LimitOf(MigrationEffect effect) => effect switch
    {
        // These have to end by themselves: there is nothing to fall back to.
        MigrationEffect.RollBack or MigrationEffect.RetireSource => Timeout.InfiniteTimeSpan,
        MigrationEffect.AwaitDrain => Timeout.InfiniteTimeSpan,
        MigrationEffect.MoveAttachment => _plan.StepTimeout + _plan.AttachmentInterval,
        _ => _plan.StepTimeout,
    };

    /// <summary>The step has done something.</summary>
    public void GotOn() => _timer.Change(_limit, Timeout.InfiniteTimeSpan);

    /// <summary>The step has ended.</summary>
    public void Rest()
    {
        _limit = Timeout.InfiniteTimeSpan;
        GotOn();
    }

    public void Dispose() => _timer.Dispose();
}
