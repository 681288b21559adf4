using System.IO.Pipelines;

namespace Lime.Core.Hosting;

/// <summary>Runs pipe continuations on an event loop, lending it the calling thread while it is
/// idle.</summary>
internal sealed class LentThreadScheduler(EventLoop loop) : PipeScheduler
{
    public override void Schedule(Action<object?> action, object? state) => loop.EnqueueAndLend(action, state);
}
