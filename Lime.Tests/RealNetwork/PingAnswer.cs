namespace Lime.Tests.RealNetwork;

/// <summary>One answer line of ping.</summary>
/// <param name="Sequence">Counted from 1 and not wrapped at 65,536 as on the wire.</param>
/// <param name="ReceivedMs">When it came, in milliseconds of Unix time.</param>
/// <param name="RoundTripMs">How long it took.</param>
internal readonly record struct PingAnswer(long Sequence, double ReceivedMs, double RoundTripMs)
{
    public double SentMs => ReceivedMs - RoundTripMs;
}
