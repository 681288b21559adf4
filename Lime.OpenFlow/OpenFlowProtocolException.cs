using Lime.OpenFlow.Messages;

namespace Lime.OpenFlow;

/// <summary>A peer's bytes break the protocol; carries the OFPT_ERROR type and code that the specification
/// names.</summary>
/// <remarks>Its blast radius is one message; the channel answers it with that error and goes on, unless
/// <see cref="IsFramingLost"/> says that message boundaries can no longer be told.</remarks>
public sealed class OpenFlowProtocolException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="type">Error type to answer with.</param>
    /// <param name="code">Error code within <paramref name="type"/>.</param>
    /// <param name="message">What was wrong and where, with the field's name and byte offset.</param>
    /// <param name="isFramingLost">True only where no later message of the stream can be found.</param>
    public OpenFlowProtocolException(ErrorType type, ushort code, string message, bool isFramingLost = false)
        : base(message)
    {
        Type = type;
        Code = code;
        IsFramingLost = isFramingLost;
    }

    /// <summary>The error type to answer with.</summary>
    public ErrorType Type { get; }

    /// <summary>The error code within <see cref="Type"/>.</summary>
    public ushort Code { get; }

    /// <summary>Whose error it is, of type <see cref="ErrorType.Experimenter"/>; null of every other.</summary>
    public uint? Experimenter { get; init; }

    /// <summary>True when message boundaries are lost and the connection has to end.</summary>
    public bool IsFramingLost { get; }
}
