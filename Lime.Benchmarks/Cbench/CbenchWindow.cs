namespace Lime.Benchmarks.Cbench;

/// <summary>One loop of a test.</summary>
/// <param name="EndedAt">By the wall clock.</param>
/// <param name="ElapsedMs">How long it took.</param>
/// <param name="Responses">What the original counts, of each switch, within it.</param>
/// <param name="Answered">Packet-ins answered for the first time within it, of all switches.</param>
internal sealed record CbenchWindow(DateTime EndedAt, double ElapsedMs, long[] Responses, long Answered)
{
    public double ResponsesPerSecond => Responses.Sum() / ElapsedMs * 1000;

    public double AnsweredPerSecond => Answered / ElapsedMs * 1000;
}
