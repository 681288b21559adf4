namespace Lime.Core.Emulation.Links;

/// <summary>One direction of a link: a queue for the bandwidth, then a line of frames on their way.</summary>
/// <remarks>Threading: the loop's. One alarm, for the first frame on the way: a frame costs one timer
/// entry, no timer. Arrival times never go down, so frames keep their order whatever the jitter.</remarks>
internal sealed class LinkDirection
{
    /// <summary>The line's time is kept a thousand times finer than ticks: 64 bytes at 100 Gbit/s last 5.12
    /// ns.</summary>
    private const long FinePerTick = 1000;

    private readonly EmulationContext _context;
    private readonly EmulatedLink _link;
    private readonly IFrameEndpoint _receiver;
    private readonly LinkEnd _from;
    private readonly LinkEnd _to;
    private readonly Queue<(long DueTicks, byte[] Frame)> _inFlight = new();
    private readonly Alarm _arrival;
    private long _lineFreeFine;
    private long _lastDueTicks;
    private long _offered;
    private long _delivered;
    private long _lost;
    private long _queueDrops;
    private long _downDrops;

    public LinkDirection(
        EmulationContext context, EmulatedLink link, LinkEnd from, IFrameEndpoint receiver, LinkEnd to)
    {
        _context = context;
        _link = link;
        _from = from;
        _receiver = receiver;
        _to = to;
        _arrival = new Alarm(context, DeliverDue);
    }

    public LinkCounters Counters => new()
    {
        Offered = _offered,
        Delivered = _delivered,
        Lost = _lost,
        QueueDrops = _queueDrops,
        DownDrops = _downDrops,
    };

    public bool IsUp => _link.IsUp;

    /// <returns>False if the sender's queue was full or the link is down; a frame lost on the way was
    /// sent.</returns>
    public bool Send(byte[] frame)
    {
        _offered++;
        Trace(FrameEventKind.Sent, frame);
        if (!_link.IsUp) return Drop(ref _downDrops, FrameEventKind.LinkDown, frame);
        long now = _context.NowTicks;
        if (_inFlight.Count >= _link.Options.InFlightFramesMax
            || !TryOccupyLine(now, frame.Length, out long sentTicks))
            return Drop(ref _queueDrops, FrameEventKind.QueueFull, frame);
        if (IsLost())
        {
            Drop(ref _lost, FrameEventKind.Lost, frame);
            return true;
        }
        _lastDueTicks = Math.Max(_lastDueTicks, sentTicks + DelayTicks());
        _inFlight.Enqueue((_lastDueTicks, frame));
        if (_inFlight.Count == 1) _arrival.SetAt(_lastDueTicks);
        return true;
    }

    /// <summary>Loses what is on the way: the link went down.</summary>
    public void Clear()
    {
        while (_inFlight.TryDequeue(out (long DueTicks, byte[] Frame) item))
            Drop(ref _downDrops, FrameEventKind.LinkDown, item.Frame);
        _arrival.Clear();
        _lineFreeFine = 0;
        _lastDueTicks = 0;
    }

    private void DeliverDue()
    {
        long now = _context.NowTicks;
        while (_inFlight.TryPeek(out (long DueTicks, byte[] Frame) item) && item.DueTicks <= now)
        {
            _inFlight.Dequeue();
            _delivered++;
            Trace(FrameEventKind.Delivered, item.Frame);
            _receiver.Receive(_to.Port, item.Frame);
        }
        if (_inFlight.TryPeek(out (long DueTicks, byte[] Frame) next)) _arrival.SetAt(next.DueTicks);
    }

    private bool TryOccupyLine(long now, int frameBytes, out long sentTicks)
    {
        sentTicks = now;
        long bandwidth = _link.Options.BandwidthBitsPerSecond;
        if (bandwidth == 0) return true;
        long finePerSecond = TimeSpan.TicksPerSecond * FinePerTick;
        long waitFine = Math.Max(0, _lineFreeFine - (now * FinePerTick));
        var waitingBytes = (long)((Int128)waitFine * bandwidth / 8 / finePerSecond);
        if (waitingBytes > 0 && waitingBytes + frameBytes > _link.Options.QueueBytesMax) return false;
        var frameFine = (long)((Int128)frameBytes * 8 * finePerSecond / bandwidth);
        _lineFreeFine = (now * FinePerTick) + waitFine + frameFine;
        sentTicks = (_lineFreeFine + FinePerTick - 1) / FinePerTick;
        return true;
    }

    private bool IsLost() =>
        _link.Options.LossProbability > 0 && _context.Random.NextDouble() < _link.Options.LossProbability;

    private long DelayTicks() => _context.Vary(_link.Options.Delay, _link.Options.JitterFraction).Ticks;

    private bool Drop(ref long counter, FrameEventKind kind, byte[] frame)
    {
        counter++;
        Trace(kind, frame);
        return false;
    }

    private void Trace(FrameEventKind kind, byte[] frame) => _context.Tap?.Invoke(new FrameEvent
    {
        At = _context.Now,
        Kind = kind,
        Link = _link,
        From = _from,
        To = _to,
        Frame = frame,
    });
}
