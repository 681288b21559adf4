using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.OpenFlow.Channel;

/// <summary>A request that one message answers.</summary>
internal sealed class SingleRequest(Xid xid, OpenFlowMessage request, TimeSpan timeout)
    : PendingRequest(xid, request, timeout)
{
    private readonly TaskCompletionSource<OpenFlowMessage> _answer =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<OpenFlowMessage> Answer => _answer.Task;

    public override bool Take(OpenFlowMessage message, int frameBytes) => _answer.TrySetResult(message);

    public override void Fail(OpenFlowRequestException exception) => _answer.TrySetException(exception);
}
