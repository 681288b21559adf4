using Lime.OpenFlow.Identifiers;

namespace Lime.OpenFlow.Messages;

/// <summary>Changes a port's configuration.</summary>
/// <param name="Port">Which port.</param>
/// <param name="HardwareAddress">Its address, which has to agree.</param>
/// <param name="Config">New values of the bits in the mask.</param>
/// <param name="Mask">The bits to change.</param>
/// <param name="Advertise">The features to advertise; 0: leave them.</param>
public sealed record PortMod(
    PortNumber Port,
    MacAddress HardwareAddress,
    PortConfig Config,
    PortConfig Mask,
    PortFeatures Advertise) : OpenFlowMessage
{
    /// <inheritdoc/>
    public override MessageKind Kind => MessageKind.PortMod;
}
