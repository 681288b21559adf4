namespace Lime.Benchmarks.Overhead;

/// <summary>One run.</summary>
/// <param name="PerSecond">Packet-ins answered a second.</param>
/// <param name="CpuNs">Processor time a packet-in, in ns.</param>
/// <param name="MessagesPerPacketIn">Flow-mods and packet-outs that a sending switch got for each.</param>
/// <param name="Faulty">The share of packet-ins without one right answer.</param>
internal sealed record OverheadRun(double PerSecond, double CpuNs, double MessagesPerPacketIn, double Faulty);
