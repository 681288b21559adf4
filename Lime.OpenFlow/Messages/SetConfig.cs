namespace Lime.OpenFlow.Messages;

/// <summary>Sets a switch's configuration.</summary>
/// <param name="Flags">How to treat IP fragments (ofp_config_flags).</param>
/// <param name="MissSendBytes">How much of a packet that no rule matches to hand up; 65,535: all of it,
/// without holding it.</param>
public sealed record SetConfig(ushort Flags, ushort MissSendBytes) : OpenFlowMessage
{
    /// <inheritdoc/>
    public override MessageKind Kind => MessageKind.SetConfig;
}
