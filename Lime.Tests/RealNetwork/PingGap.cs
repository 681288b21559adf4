namespace Lime.Tests.RealNetwork;

/// <summary>Pings in a row without an answer.</summary>
/// <param name="Count">How many.</param>
/// <param name="AfterMs">When the last one before them was sent, in milliseconds of Unix time.</param>
/// <param name="BeforeMs">When the first one after them was sent.</param>
internal readonly record struct PingGap(long Count, double AfterMs, double BeforeMs)
{
    /// <summary>When each of them was sent, about: ping says it of answered ones only.</summary>
    public IEnumerable<double> SentMs
    {
        get
        {
            (double after, double step) = (AfterMs, (BeforeMs - AfterMs) / (Count + 1));
            return Enumerable.Range(1, (int)Count).Select(i => after + (i * step));
        }
    }
}
