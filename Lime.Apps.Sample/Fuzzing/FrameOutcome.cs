namespace Lime.Apps.Sample.Fuzzing;

/// <summary>The ways in which a frame can end.</summary>
internal enum FrameOutcome
{
    /// <summary>Its length says more than there is: a channel would wait.</summary>
    Incomplete,

    /// <summary>Its version isn't known, or its length is under 8: a channel would refuse it itself.</summary>
    NoFrame,

    /// <summary>It decodes.</summary>
    Accepted,

    /// <summary>It is refused by an error of the protocol.</summary>
    Refused,
}
