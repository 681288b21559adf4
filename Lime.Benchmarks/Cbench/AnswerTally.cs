using System.Diagnostics;

namespace Lime.Benchmarks.Cbench;

/// <summary>Takes a control message that is no answer to a packet-in.</summary>
internal delegate void ControlFrameHandler(ReadOnlySpan<byte> frame);

/// <summary>What one generated switch was answered.</summary>
/// <remarks>Threading: one thread writes; the counters may be read by another, which sees them a moment old.</remarks>
internal sealed class AnswerTally(SwitchIdentity identity)
{
    private readonly AnsweredIds _ids = new();
    private uint _lastId;
    // Before the first: the one after it is 0.
    private uint _lastAddress = uint.MaxValue;
    private long _responsesBefore;

    public SwitchIdentity Identity => identity;

    /// <summary>Packet-ins handed to the kernel, the last perhaps in part; their ids are 1 to this.</summary>
    public uint Sent { get; set; }

    /// <summary>What the original cbench counts: flow-mods that add or modify strictly, and packet-outs but of
    /// LLDP.</summary>
    public long Responses { get; set; }

    /// <summary>Packet-ins that have a right answer, each counted once.</summary>
    public long Answered { get; private set; }

    /// <summary>Right answers to packet-ins that had one.</summary>
    public long Duplicates { get; private set; }

    /// <summary>Answers that name a buffer that was never told, or whose match or port isn't that of the packet that
    /// they answer.</summary>
    public long Wrong { get; set; }

    /// <summary>Flow-mods and packet-outs that name no buffer and carry no packet of ours.</summary>
    public long Unattributed { get; set; }

    /// <summary>Errors, and messages that can't be read.</summary>
    public long Errors { get; set; }

    public long FlowMods { get; set; }

    public long PacketOuts { get; set; }

    /// <summary>Packet-ins that are not outstanding any more.</summary>
    public long Finished => Answered + Wrong;

    /// <summary>Where latencies are recorded; null: nowhere.</summary>
    public LatencyHistogram? Latencies { get; init; }

    /// <summary>When each id was to be sent; null: latencies count from <see cref="SentTicks"/>.</summary>
    public SendSchedule? Schedule { get; set; }

    /// <summary>Ids due before it are not recorded (warm-up).</summary>
    public long RecordFromTicks { get; set; } = long.MaxValue;

    /// <summary>When the latest packet-in was sent, for a latency that counts from there.</summary>
    public long SentTicks { get; private set; }

    /// <summary>Whether something came since <see cref="Sending"/>.</summary>
    public bool HasResponse => Responses != _responsesBefore;

    /// <summary>When the bytes that are being looked at were received.</summary>
    public long NowTicks { get; set; }

    /// <summary>Takes what is no answer.</summary>
    public ControlFrameHandler Control { get; set; } = static _ => { };

    /// <summary>The source address that the packet-in of this id had.</summary>
    public ulong SourceOf(uint id)
    {
        // A division costs more than all the rest of the check; answers come in order.
        uint address = id == _lastId + 1 ? _lastAddress + 1 : identity.AddressOf(id);
        if (address == identity.Addresses) address = 0;
        _lastId = id;
        _lastAddress = address;
        return identity.SourceOf(address);
    }

    /// <summary>A packet-in is about to be sent, the only one outstanding.</summary>
    public void Sending()
    {
        SentTicks = Stopwatch.GetTimestamp();
        _responsesBefore = Responses;
    }

    /// <summary>Counts an answer to <paramref name="id"/>.</summary>
    /// <param name="id">The buffer that it names.</param>
    /// <param name="fits">Whether it fits the packet.</param>
    public void Answer(uint id, bool fits)
    {
        if (!fits || id == 0 || id > Sent)
        {
            Wrong++;
            return;
        }
        if (!_ids.TryAdd(id))
        {
            Duplicates++;
            return;
        }
        Answered++;
        if (Latencies is not null) Record(Latencies, id);
    }

    private void Record(LatencyHistogram latencies, uint id)
    {
        // One at a time: a late answer to one that was given up would be counted from another's sending.
        if (Schedule is null && id != Sent) return;
        long from = Schedule?.DueTicks(id) ?? SentTicks;
        if (from < RecordFromTicks) return;
        latencies.Add((long)((NowTicks - from) * (1e9 / Stopwatch.Frequency)));
    }
}
