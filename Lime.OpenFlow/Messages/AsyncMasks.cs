namespace Lime.OpenFlow.Messages;

/// <summary>Which events a controller is sent (ofp_async_config): a bit per reason, by the reasons' numbers; once as
/// master or equal, once as slave.</summary>
/// <param name="PacketIn">Bits of <see cref="PacketInReason"/>, as master or equal.</param>
/// <param name="PacketInAsSlave">The same, as slave.</param>
/// <param name="PortStatus">Bits of <see cref="PortStatusReason"/>, as master or equal.</param>
/// <param name="PortStatusAsSlave">The same, as slave.</param>
/// <param name="FlowRemoved">Bits of <see cref="FlowRemovedReason"/>, as master or equal.</param>
/// <param name="FlowRemovedAsSlave">The same, as slave.</param>
public sealed record AsyncMasks(
    uint PacketIn,
    uint PacketInAsSlave,
    uint PortStatus,
    uint PortStatusAsSlave,
    uint FlowRemoved,
    uint FlowRemovedAsSlave);
