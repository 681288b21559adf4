using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.OpenFlow.Channel;

/// <summary>The requests of a channel that wait for answers, by xid, with one timer for all.</summary>
/// <remarks>
/// Requests lie in a list ordered by deadline; with one usual timeout a new one goes to its end at once.
/// Life cycle: <see cref="End"/> fails all that wait. Threading: the owner loop only.
/// </remarks>
internal sealed class PendingRequests
{
    private readonly ChannelClock _clock;
    private readonly int _countMax;
    private readonly Dictionary<Xid, PendingRequest> _byXid = [];
    private readonly LinkedList<PendingRequest> _byDeadline = new();
    private readonly DeadlineTimer _timer;
    private uint _lastXid;

    public PendingRequests(ChannelClock clock, int countMax, uint lastXid = 0)
    {
        _lastXid = lastXid;
        _clock = clock;
        _countMax = countMax;
        _timer = new DeadlineTimer(clock, FailOverdue);
    }

    public bool IsFull => _byXid.Count >= _countMax;

    /// <summary>The next xid that is not 0 and that no request waits under.</summary>
    public Xid NextXid()
    {
        do
        {
            _lastXid++;
        }
        while (_lastXid == 0 || (_byXid.Count > 0 && _byXid.ContainsKey(new Xid(_lastXid))));
        return new Xid(_lastXid);
    }

    public void Add(PendingRequest request)
    {
        _byXid.Add(request.Xid, request);
        request.Node = new LinkedListNode<PendingRequest>(request);
        Schedule(request);
    }

    /// <summary>Gives an answer to the request it belongs to.</summary>
    /// <returns>Whether there is one.</returns>
    public bool TryTake(Xid xid, OpenFlowMessage message, int frameBytes)
    {
        if (!_byXid.TryGetValue(xid, out PendingRequest? request) || !request.IsAnswer(message)) return false;
        _byDeadline.Remove(request.Node!);
        if (request.Take(message, frameBytes)) _byXid.Remove(xid);
        else Schedule(request);
        return true;
    }

    /// <summary>Fails the request that the peer refused.</summary>
    /// <returns>Whether there is one.</returns>
    public bool TryRefuse(Xid xid, ErrorMessage error)
    {
        if (!_byXid.Remove(xid, out PendingRequest? request)) return false;
        _byDeadline.Remove(request.Node!);
        string text = $"{request.Name} was refused: {error.Type}, code {error.Code}.";
        request.Fail(new OpenFlowRequestException(RequestFailure.Refused, text, error));
        return true;
    }

    /// <summary>Fails all that wait: the channel has closed.</summary>
    public void End(ChannelCloseCause cause)
    {
        _timer.Stop();
        foreach (PendingRequest request in _byDeadline)
        {
            string text = $"{request.Name}: the channel closed ({cause}).";
            request.Fail(new OpenFlowRequestException(RequestFailure.NotConnected, text));
        }
        _byDeadline.Clear();
        _byXid.Clear();
    }

    private void Schedule(PendingRequest request)
    {
        request.DeadlineTicks = _clock.NowTicks + request.Timeout.Ticks;
        LinkedListNode<PendingRequest>? before = _byDeadline.Last;
        while (before is not null && before.Value.DeadlineTicks > request.DeadlineTicks)
            before = before.Previous;
        if (before is null) _byDeadline.AddFirst(request.Node!);
        else _byDeadline.AddAfter(before, request.Node!);
        _timer.ArmAt(request.DeadlineTicks);
    }

    private long FailOverdue()
    {
        long now = _clock.NowTicks;
        while (_byDeadline.First is { } first)
        {
            PendingRequest request = first.Value;
            if (now <= request.DeadlineTicks) return request.DeadlineTicks;
            _byDeadline.RemoveFirst();
            _byXid.Remove(request.Xid);
            string text = $"{request.Name} was not answered within {request.Timeout}.";
            request.Fail(new OpenFlowRequestException(RequestFailure.TimedOut, text));
        }
        return DeadlineTimer.Never;
    }
}
