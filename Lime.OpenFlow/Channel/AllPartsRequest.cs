using System.Collections.Immutable;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.OpenFlow.Channel;

/// <summary>A multipart request that collects all parts of its answer, within bounds, or hands each on.</summary>
internal sealed class AllPartsRequest(
    Xid xid, MultipartRequest request, TimeSpan timeout, Action<MultipartReply>? take = null)
    : PendingRequest(xid, request, timeout)
{
    /// <summary>More than a million rules of 200 bytes in whole frames.</summary>
    private const long BytesMax = 256 * 1024 * 1024;

    /// <summary>Full frames reach the bytes' bound long before; this bounds a peer that sends empty
    /// parts.</summary>
    private const int PartsMax = 65_536;

    private readonly TaskCompletionSource<ImmutableArray<MultipartReply>> _answer =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly ImmutableArray<MultipartReply>.Builder _parts =
        ImmutableArray.CreateBuilder<MultipartReply>();
    private long _bytes;

    public Task<ImmutableArray<MultipartReply>> Answer => _answer.Task;

    public override bool Take(OpenFlowMessage message, int frameBytes)
    {
        var part = (MultipartReply)message;
        if (take is not null) take(part);
        else Keep(part, frameBytes);
        if (!part.HasMore) return _answer.TrySetResult(_parts.DrainToImmutable());
        if (_bytes <= BytesMax && _parts.Count < PartsMax) return false;
        Fail(new OpenFlowRequestException(
            RequestFailure.Overloaded,
            $"{Name}: the answer is over {PartsMax} parts or {BytesMax} bytes."));
        return true;
    }

    private void Keep(MultipartReply part, int frameBytes)
    {
        _parts.Add(part);
        _bytes += frameBytes;
    }

    public override void Fail(OpenFlowRequestException exception) => _answer.TrySetException(exception);
}
