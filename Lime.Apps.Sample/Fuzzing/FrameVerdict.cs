using Lime.OpenFlow.Messages;

namespace Lime.Apps.Sample.Fuzzing;

/// <summary>What the codec made of a frame.</summary>
/// <param name="Outcome">Which of the ways.</param>
/// <param name="Error">The error type of a refused one.</param>
/// <param name="AllocatedBytes">What decoding allocated.</param>
/// <param name="Steps">How many steps decoding took.</param>
/// <param name="Failure">What is wrong with the library; null if nothing is.</param>
internal readonly record struct FrameVerdict(
    FrameOutcome Outcome,
    ErrorType Error = default,
    long AllocatedBytes = 0,
    long Steps = 0,
    string? Failure = null);
