using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Emulation;

/// <summary>Pings a host at an interval and keeps a record of every ping.</summary>
/// <remarks>Life cycle: made by <see cref="EmulatedHost.CreatePinger"/>; can be started and stopped again
/// and again; its records stay. Threading: used on the network's loop, or while the loop does not
/// run.</remarks>
public sealed class Pinger
{
    private readonly EmulationContext _context;
    private readonly EmulatedHost _host;
    private readonly ushort _identifier;
    private readonly List<PingRecord> _records = [];
    private readonly Alarm _next;
    private long _nextTicks;
    private int _highestReceived;

    internal Pinger(
        EmulationContext context,
        EmulatedHost host,
        Ipv4Address target,
        (PingerOptions Options, ushort Identifier) setting)
    {
        _context = context;
        _host = host;
        Target = target;
        Options = setting.Options;
        _identifier = setting.Identifier;
        _next = new Alarm(context, SendNext);
    }

    /// <summary>Whom it pings.</summary>
    public Ipv4Address Target { get; }

    /// <summary>How it pings.</summary>
    public PingerOptions Options { get; }

    /// <summary>Whether it is sending.</summary>
    public bool IsRunning => _next.IsSet;

    /// <summary>Every ping since the pinger was made, in the order of sending.</summary>
    public IReadOnlyList<PingRecord> Records => _records;

    /// <summary>Answers that belong to no ping of ours.</summary>
    public int Strays { get; private set; }

    /// <summary>Begins to send, <see cref="PingerOptions.InitialDelay"/> from now; does nothing while it
    /// runs.</summary>
    public void Start()
    {
        if (IsRunning) return;
        _nextTicks = _context.NowTicks + Options.InitialDelay.Ticks;
        _next.SetAt(_nextTicks);
    }

    /// <summary>Ends sending; answers still count.</summary>
    public void Stop() => _next.Clear();

    /// <summary>What became of all pings so far.</summary>
    public PingSummary Summarise() => PingSummary.Of(_records, _context.Now, Options.Grace);

    /// <summary>What became of the pings sent in [<paramref name="from"/>, <paramref name="to"/>), in time
    /// since the event loop began.</summary>
    public PingSummary Summarise(TimeSpan from, TimeSpan to) => PingSummary.Of(
        [.. _records.Where(record => record.SentAt >= from && record.SentAt < to)],
        _context.Now,
        Options.Grace);

    internal void OnReply(ushort wireSequence, Ipv4Address source)
    {
        // The wire has 16 bits of the number: it is the latest ping with these.
        int sequence = _records.Count - (ushort)((ushort)_records.Count - wireSequence);
        if (source != Target || sequence < 1)
        {
            Strays++;
            return;
        }
        PingRecord record = _records[sequence - 1];
        if (record.ReceivedAt is not null)
        {
            record.Duplicates++;
            return;
        }
        record.ReceivedAt = _context.Now;
        record.IsReordered = sequence < _highestReceived;
        _highestReceived = Math.Max(_highestReceived, sequence);
    }

    private void SendNext()
    {
        // From the time it was due, not from now: a late timer does not slow the pings down.
        _nextTicks += Options.Interval.Ticks;
        _next.SetAt(_nextTicks);
        var record = new PingRecord(_records.Count + 1, _context.Now);
        _records.Add(record);
        _host.SendEcho(Target, _identifier, (ushort)record.Sequence, Options.PayloadBytes);
    }
}
