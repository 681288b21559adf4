namespace Lime.OpenFlow.Messages;

/// <summary>Asks for a role (1.2 and later; 1.0 by Nicira's extension, which has no generation id).</summary>
/// <param name="Role">Which.</param>
/// <param name="GenerationId">Master and slave only: must not be older than the last one the switch saw
/// (1.3.5 section 6.3.4).</param>
public sealed record RoleRequest(ControllerRole Role, ulong GenerationId) : OpenFlowMessage
{
    /// <inheritdoc/>
    public override MessageKind Kind => MessageKind.RoleRequest;
}
