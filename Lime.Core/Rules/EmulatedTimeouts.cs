namespace Lime.Core.Rules;

/// <summary>A rule's timeouts while Lime keeps them instead of the switches (paper section 4.1: switches must
/// not change rules on their own while more than one instance lives).</summary>
/// <remarks>Threading: the owner loop's.</remarks>
internal sealed class EmulatedTimeouts(long lastActiveTicks, ulong packetsSeen)
{
    /// <summary>Loop time at which the rule's counters were last seen to have grown.</summary>
    public long LastActiveTicks { get; private set; } = lastActiveTicks;

    /// <summary>Whether its rule is about to go.</summary>
    public bool IsOver { get; set; }

    /// <summary>The packets counted then.</summary>
    public ulong PacketsSeen { get; private set; } = packetsSeen;

    /// <summary>Takes a reading of the rule's packets, over all instances.</summary>
    public void Observe(ulong packets, long nowTicks)
    {
        if (packets == PacketsSeen) return;
        PacketsSeen = packets;
        LastActiveTicks = nowTicks;
    }
}
