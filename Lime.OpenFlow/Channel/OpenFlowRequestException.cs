using Lime.OpenFlow.Messages;

namespace Lime.OpenFlow.Channel;

/// <summary>A request did not get its answer.</summary>
public sealed class OpenFlowRequestException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="failure">What went wrong.</param>
    /// <param name="message">One sentence for a person; names the request.</param>
    /// <param name="error">The peer's error, if it sent one.</param>
    public OpenFlowRequestException(RequestFailure failure, string message, ErrorMessage? error = null)
        : base(message)
    {
        Failure = failure;
        Error = error;
    }

    /// <summary>What went wrong.</summary>
    public RequestFailure Failure { get; }

    /// <summary>The peer's error, if it sent one.</summary>
    public ErrorMessage? Error { get; }
}
