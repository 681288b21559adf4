using System.Collections.Immutable;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Core.Emulation.Meters;

/// <summary>A meter of an emulated switch, with its counters (1.3.5 section 5.7).</summary>
/// <remarks>Threading: the loop's. A modified meter is a new object that goes on counting.</remarks>
internal sealed class Meter
{
    private readonly TokenBucket[] _buckets;
    private readonly BucketCounter[] _counters;
    private readonly bool _countsPackets;

    public Meter(MeterMod mod, long createdTicks, long nowTicks)
    {
        Id = mod.Meter;
        Flags = mod.Flags;
        Bands = mod.Bands;
        CreatedTicks = createdTicks;
        _countsPackets = mod.Flags.HasFlag(MeterFlags.PacketsPerSecond);
        _buckets = [.. mod.Bands.Select(band => TokenBucket.For(band, mod.Flags, nowTicks))];
        _counters = new BucketCounter[mod.Bands.Length];
    }

    public MeterId Id { get; }

    public MeterFlags Flags { get; }

    public ImmutableArray<MeterBand> Bands { get; }

    public long CreatedTicks { get; }

    public ulong PacketCount { get; private set; }

    public ulong ByteCount { get; private set; }

    public MeterConfiguration Configuration => new(Id, Flags, Bands);

    /// <summary>Counts a packet.</summary>
    /// <returns>The band that applies to it: of those whose rate it exceeds the one with the highest; null: it
    /// passes.</returns>
    public MeterBand? Measure(int frameBytes, long nowTicks)
    {
        PacketCount++;
        ByteCount += (ulong)frameBytes;
        long units = _countsPackets ? 1 : frameBytes * 8L;
        int? applied = null;
        for (int i = 0; i < _buckets.Length; i++)
        {
            bool isExceeded = !_buckets[i].TryTake(units, nowTicks);
            if (isExceeded && (applied is null || Bands[i].Rate > Bands[applied.Value].Rate)) applied = i;
        }
        if (applied is not { } band) return null;
        BucketCounter counter = _counters[band];
        _counters[band] = new BucketCounter(counter.PacketCount + 1, counter.ByteCount + (ulong)frameBytes);
        return Bands[band];
    }

    public void ContinueFrom(Meter before)
    {
        PacketCount = before.PacketCount;
        ByteCount = before.ByteCount;
    }

    public MeterStatistics ToStatistics(uint flowCount, long nowTicks) => new()
    {
        Meter = Id,
        FlowCount = flowCount,
        PacketCount = PacketCount,
        ByteCount = ByteCount,
        Duration = TimeSpan.FromTicks(nowTicks - CreatedTicks),
        Bands = [.. _counters],
    };
}
