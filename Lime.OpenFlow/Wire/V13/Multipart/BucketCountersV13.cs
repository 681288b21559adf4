using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.OpenFlow.Wire.V13.Multipart;

/// <summary>The counters of a group's buckets or a meter's bands (ofp_bucket_counter and ofp_meter_band_stats, OpenFlow
/// 1.3.5 sections 7.3.5.9 and 7.3.5.12).</summary>
/// <remarks><code>
/// 0  packet_count:64
/// 8  byte_count:64
/// </code></remarks>
internal static class BucketCountersV13
{
    private const int EntryBytes = 16;

    public static long SizeOf(ImmutableArray<BucketCounter> counters) => (long)counters.AsSpan().Length * EntryBytes;

    public static void Write(ref WireWriter writer, ImmutableArray<BucketCounter> counters)
    {
        foreach (BucketCounter counter in counters.AsSpan())
        {
            writer.WriteUInt64(counter.PacketCount);
            writer.WriteUInt64(counter.ByteCount);
        }
    }

    /// <summary>Reads counters up to the end of <paramref name="reader"/>.</summary>
    public static ImmutableArray<BucketCounter> Read(ref WireReader reader, string name)
    {
        int count = reader.CountEntries(EntryBytes, name);
        if (count == 0) return [];
        var counters = new BucketCounter[count];
        for (int i = 0; i < count; i++) counters[i] = new(reader.ReadUInt64(name), reader.ReadUInt64(name));
        return ImmutableCollectionsMarshal.AsImmutableArray(counters);
    }
}
