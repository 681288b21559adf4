namespace Lime.Core.Rules;

/// <summary>How many packets a rule has matched, and how many bytes they had.</summary>
internal readonly record struct FlowCounters(ulong Packets, ulong Bytes)
{
    public static FlowCounters operator +(FlowCounters a, FlowCounters b) =>
        new(a.Packets + b.Packets, a.Bytes + b.Bytes);

    /// <summary>What is left without others; never less than nothing.</summary>
    public FlowCounters Without(FlowCounters others) => new(
        Packets - Math.Min(Packets, others.Packets), Bytes - Math.Min(Bytes, others.Bytes));
}
