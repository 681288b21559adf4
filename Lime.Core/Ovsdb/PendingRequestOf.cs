using System.Text.Json;

namespace Lime.Core.Ovsdb;

internal sealed class PendingRequestOf<T>(OvsdbRequest<T> request) : PendingRequest(request.Method)
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Answer => _done.Task;

    public override void Take(JsonElement result) => _done.TrySetResult(request.Read(result));

    public override void Fail(Exception exception) => _done.TrySetException(exception);
}
