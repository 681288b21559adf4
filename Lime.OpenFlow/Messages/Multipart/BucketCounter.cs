namespace Lime.OpenFlow.Messages.Multipart;

/// <summary>What a bucket of a group has processed (ofp_bucket_counter).</summary>
/// <param name="PacketCount">Packets.</param>
/// <param name="ByteCount">Bytes of those packets.</param>
public readonly record struct BucketCounter(ulong PacketCount, ulong ByteCount);
