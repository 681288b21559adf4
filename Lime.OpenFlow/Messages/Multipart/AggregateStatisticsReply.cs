namespace Lime.OpenFlow.Messages.Multipart;

/// <summary>The sum over rules.</summary>
/// <param name="PacketCount">Packets that they matched.</param>
/// <param name="ByteCount">Bytes of those packets.</param>
/// <param name="FlowCount">How many rules.</param>
public sealed record AggregateStatisticsReply(ulong PacketCount, ulong ByteCount, uint FlowCount)
    : MultipartReply(MultipartType.Aggregate);
