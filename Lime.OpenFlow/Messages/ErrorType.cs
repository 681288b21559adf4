namespace Lime.OpenFlow.Messages;

/// <summary>What kind of thing was refused (ofp_error_type, in 1.3's terms; a codec maps its version's
/// numbers).</summary>
public enum ErrorType : ushort
{
    /// <summary>No common version (OFPET_HELLO_FAILED).</summary>
    HelloFailed = 0,

    /// <summary>The request as such (OFPET_BAD_REQUEST).</summary>
    BadRequest = 1,

    /// <summary>An action (OFPET_BAD_ACTION).</summary>
    BadAction = 2,

    /// <summary>An instruction (1.1 and later: OFPET_BAD_INSTRUCTION).</summary>
    BadInstruction = 3,

    /// <summary>A match (1.1 and later: OFPET_BAD_MATCH).</summary>
    BadMatch = 4,

    /// <summary>A flow-mod (OFPET_FLOW_MOD_FAILED).</summary>
    FlowModFailed = 5,

    /// <summary>A group-mod (1.1 and later: OFPET_GROUP_MOD_FAILED).</summary>
    GroupModFailed = 6,

    /// <summary>A port-mod (OFPET_PORT_MOD_FAILED).</summary>
    PortModFailed = 7,

    /// <summary>A table-mod (1.1 and later: OFPET_TABLE_MOD_FAILED).</summary>
    TableModFailed = 8,

    /// <summary>A queue operation (OFPET_QUEUE_OP_FAILED).</summary>
    QueueOperationFailed = 9,

    /// <summary>A set-config (1.1 and later: OFPET_SWITCH_CONFIG_FAILED).</summary>
    SwitchConfigFailed = 10,

    /// <summary>A role request (1.2 and later: OFPET_ROLE_REQUEST_FAILED).</summary>
    RoleRequestFailed = 11,

    /// <summary>A meter-mod (1.3: OFPET_METER_MOD_FAILED).</summary>
    MeterModFailed = 12,

    /// <summary>A table-features request (1.3: OFPET_TABLE_FEATURES_FAILED).</summary>
    TableFeaturesFailed = 13,

    /// <summary>A vendor's own error (1.2 and later: OFPET_EXPERIMENTER).</summary>
    Experimenter = 0xffff,
}
