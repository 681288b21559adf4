namespace Lime.Tests.Sample.Decoding;

/// <summary>Which promise a <see cref="FaultyCodec"/> breaks.</summary>
public enum CodecFault
{
    None,
    Throws,
    Allocates,
    TakesLong,
    TakesManySteps,
    Changes,
    RefusesItsOwn,
    Miscounts,
}
