using System.IO.Pipelines;

namespace Lime.Core.Hosting;

/// <summary>Runs pipe continuations on an event loop.</summary>
internal sealed class LoopPipeScheduler(EventLoop loop) : PipeScheduler
{
    public override void Schedule(Action<object?> action, object? state) => loop.Post(action, state);
}
