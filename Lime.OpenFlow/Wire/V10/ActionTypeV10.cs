namespace Lime.OpenFlow.Wire.V10;

/// <summary>The action type numbers (ofp_action_type, OpenFlow 1.0.0 section 5.2.4).</summary>
internal enum ActionTypeV10 : ushort
{
    Output = 0,
    SetVlanId = 1,
    SetVlanPriority = 2,
    StripVlan = 3,
    SetEthSource = 4,
    SetEthDestination = 5,
    SetIpv4Source = 6,
    SetIpv4Destination = 7,
    SetIpTos = 8,
    SetTransportSource = 9,
    SetTransportDestination = 10,
    Enqueue = 11,
}
