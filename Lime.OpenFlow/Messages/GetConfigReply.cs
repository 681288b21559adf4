namespace Lime.OpenFlow.Messages;

/// <summary>A switch's configuration.</summary>
/// <param name="Flags">How it treats IP fragments (ofp_config_flags).</param>
/// <param name="MissSendBytes">How much of a packet that no rule matches it hands up.</param>
public sealed record GetConfigReply(ushort Flags, ushort MissSendBytes) : OpenFlowMessage
{
    /// <inheritdoc/>
    public override MessageKind Kind => MessageKind.GetConfigReply;
}
