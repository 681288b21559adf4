namespace Lime.OpenFlow.Wire.V13;

/// <summary>The action type numbers (ofp_action_type, OpenFlow 1.3.5 section 7.2.5).</summary>
internal enum ActionTypeV13 : ushort
{
    Output = 0,
    CopyTtlOut = 11,
    CopyTtlIn = 12,
    SetMplsTtl = 15,
    DecrementMplsTtl = 16,
    PushVlan = 17,
    PopVlan = 18,
    PushMpls = 19,
    PopMpls = 20,
    SetQueue = 21,
    Group = 22,
    SetNetworkTtl = 23,
    DecrementNetworkTtl = 24,
    SetField = 25,
    PushPbb = 26,
    PopPbb = 27,
}
