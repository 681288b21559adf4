namespace Lime.Apps.Sample.Decoding.Output;

/// <summary>How a frame compares to the one that comes back.</summary>
internal enum RoundTripOutcome
{
    /// <summary>Byte for byte.</summary>
    Same,

    /// <summary>Other bytes that decode to an equal message: the frame wasn't in canonical form.</summary>
    NotCanonical,

    /// <summary>Another message, or none: a fault of the library.</summary>
    Different,
}
