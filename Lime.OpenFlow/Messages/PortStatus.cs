namespace Lime.OpenFlow.Messages;

/// <summary>A port has come, gone or changed.</summary>
/// <param name="Reason">Which of the three.</param>
/// <param name="Port">The port as it is now.</param>
public sealed record PortStatus(PortStatusReason Reason, PortDescription Port) : OpenFlowMessage
{
    /// <inheritdoc/>
    public override MessageKind Kind => MessageKind.PortStatus;
}
