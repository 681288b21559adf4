namespace Lime.OpenFlow.Messages;

/// <summary>A message of the control plane: every one but packet-in, packet-out and flow-mod, which have
/// types that allocate nothing.</summary>
/// <remarks>Threading: immutable.</remarks>
public abstract record OpenFlowMessage
{
    /// <summary>Messages are those of this library.</summary>
    private protected OpenFlowMessage()
    {
    }

    /// <summary>What the message is.</summary>
    public abstract MessageKind Kind { get; }
}
