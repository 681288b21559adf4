namespace Lime.OpenFlow.Messages;

/// <summary>Tells a controller its role.</summary>
/// <param name="Role">Which.</param>
/// <param name="GenerationId">The newest one the switch has seen; all ones: none yet.</param>
public sealed record RoleReply(ControllerRole Role, ulong GenerationId) : OpenFlowMessage
{
    /// <inheritdoc/>
    public override MessageKind Kind => MessageKind.RoleReply;
}
