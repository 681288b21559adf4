namespace Lime.Core.Hosting;

/// <summary>Brings awaits in apps and in the migration back to the loop they began on.</summary>
internal sealed class LoopSynchronizationContext(EventLoop loop) : SynchronizationContext
{
    public override void Post(SendOrPostCallback d, object? state) => loop.Enqueue(d, state);

    public override void Send(SendOrPostCallback d, object? state)
    {
        if (!loop.IsCurrent)
            throw new NotSupportedException("An event loop never blocks its callers; use Post.");
        d(state);
    }

    public override SynchronizationContext CreateCopy() => this;
}
