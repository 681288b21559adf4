namespace Lime.Tests.RealNetwork.Tenants;

/// <summary>A host stood still.</summary>
/// <param name="Host">Its number.</param>
/// <param name="BeginMs">From when, in milliseconds of Unix time.</param>
/// <param name="EndMs">Until when.</param>
/// <param name="SentCounts">Frames that each host had sent by then, the first host's first.</param>
internal sealed record HostPause(int Host, double BeginMs, double EndMs, long[] SentCounts)
{
    public double LengthMs => EndMs - BeginMs;
}
