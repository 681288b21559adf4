namespace Lime.Benchmarks.Cbench;

/// <summary>Where a version of OpenFlow puts the fields of answers.</summary>
/// <param name="FlowModBytesMin">A flow-mod's size with an empty match.</param>
/// <param name="FlowModBufferAt">Its buffer id.</param>
/// <param name="PacketOutBytesMin">A packet-out's size without actions and packet.</param>
/// <param name="ActionsBytesAt">The size of its actions.</param>
internal readonly record struct AnswerLayout(
    int FlowModBytesMin, int FlowModBufferAt, int PacketOutBytesMin, int ActionsBytesAt);
