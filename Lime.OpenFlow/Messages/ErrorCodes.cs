namespace Lime.OpenFlow.Messages;

/// <summary>Error codes within each <see cref="ErrorType"/>, numbered as in OpenFlow 1.3 (1.3.5 section 7.5.4); the
/// codec of 1.0 maps the ones of flow-mods, whose numbers differ there.</summary>
public static class ErrorCodes
{
    /// <summary>HelloFailed, OFPHFC_INCOMPATIBLE: no common version.</summary>
    public const ushort HelloIncompatible = 0;

    /// <summary>HelloFailed, OFPHFC_EPERM: not permitted.</summary>
    public const ushort HelloPermission = 1;

    /// <summary>BadRequest, OFPBRC_BAD_VERSION: the header's version is not the negotiated one.</summary>
    public const ushort BadVersion = 0;

    /// <summary>BadRequest, OFPBRC_BAD_TYPE: the message type is not supported.</summary>
    public const ushort BadType = 1;

    /// <summary>BadRequest, OFPBRC_BAD_MULTIPART: the multipart type is not supported.</summary>
    public const ushort BadMultipart = 2;

    /// <summary>BadRequest, OFPBRC_BAD_EXPERIMENTER: the experimenter is unknown.</summary>
    public const ushort BadExperimenter = 3;

    /// <summary>BadRequest, OFPBRC_BAD_EXP_TYPE: the experimenter's type is unknown.</summary>
    public const ushort BadExperimenterType = 4;

    /// <summary>BadRequest, OFPBRC_EPERM: not permitted.</summary>
    public const ushort Permission = 5;

    /// <summary>BadRequest, OFPBRC_BAD_LEN: the length does not fit the type.</summary>
    public const ushort BadLength = 6;

    /// <summary>BadRequest, OFPBRC_BUFFER_EMPTY: the buffer was used already.</summary>
    public const ushort BufferEmpty = 7;

    /// <summary>BadRequest, OFPBRC_BUFFER_UNKNOWN: there is no such buffer.</summary>
    public const ushort BufferUnknown = 8;

    /// <summary>BadRequest, OFPBRC_BAD_TABLE_ID: there is no such table.</summary>
    public const ushort BadTableId = 9;

    /// <summary>BadRequest, OFPBRC_IS_SLAVE: a slave may not.</summary>
    public const ushort IsSlave = 10;

    /// <summary>BadRequest, OFPBRC_BAD_PORT: there is no such port.</summary>
    public const ushort BadPort = 11;

    /// <summary>BadRequest, OFPBRC_BAD_PACKET: the packet of a packet-out is malformed.</summary>
    public const ushort BadPacket = 12;

    /// <summary>BadRequest, OFPBRC_MULTIPART_BUFFER_OVERFLOW: a request of many parts has too many.</summary>
    public const ushort MultipartOverflow = 13;

    /// <summary>BadAction, OFPBAC_BAD_TYPE: the action type is not supported.</summary>
    public const ushort ActionBadType = 0;

    /// <summary>BadAction, OFPBAC_BAD_LEN: an action's length is wrong.</summary>
    public const ushort ActionBadLength = 1;

    /// <summary>BadAction, OFPBAC_BAD_EXPERIMENTER: an action's experimenter is unknown.</summary>
    public const ushort ActionBadExperimenter = 2;

    /// <summary>BadAction, OFPBAC_BAD_EXP_TYPE: an experimenter's action type is unknown.</summary>
    public const ushort ActionBadExperimenterType = 3;

    /// <summary>BadAction, OFPBAC_BAD_OUT_PORT: an action's port does not exist.</summary>
    public const ushort ActionBadOutPort = 4;

    /// <summary>BadAction, OFPBAC_BAD_ARGUMENT: an action's argument is out of range.</summary>
    public const ushort ActionBadArgument = 5;

    /// <summary>BadAction, OFPBAC_EPERM: not permitted.</summary>
    public const ushort ActionPermission = 6;

    /// <summary>BadAction, OFPBAC_TOO_MANY: too many actions.</summary>
    public const ushort ActionTooMany = 7;

    /// <summary>BadAction, OFPBAC_BAD_QUEUE: there is no such queue.</summary>
    public const ushort ActionBadQueue = 8;

    /// <summary>BadAction, OFPBAC_BAD_OUT_GROUP: there is no such group.</summary>
    public const ushort ActionBadOutGroup = 9;

    /// <summary>BadAction, OFPBAC_MATCH_INCONSISTENT: the action cannot apply to what the match selects.</summary>
    public const ushort ActionMatchInconsistent = 10;

    /// <summary>BadAction, OFPBAC_UNSUPPORTED_ORDER: the order of an action list is not supported.</summary>
    public const ushort ActionUnsupportedOrder = 11;

    /// <summary>BadAction, OFPBAC_BAD_TAG: the Ethernet type of a tag is not supported.</summary>
    public const ushort ActionBadTag = 12;

    /// <summary>BadAction, OFPBAC_BAD_SET_TYPE: the field of a set-field is not supported.</summary>
    public const ushort ActionBadSetType = 13;

    /// <summary>BadAction, OFPBAC_BAD_SET_LEN: the length of a set-field is wrong.</summary>
    public const ushort ActionBadSetLength = 14;

    /// <summary>BadAction, OFPBAC_BAD_SET_ARGUMENT: the value of a set-field is out of range.</summary>
    public const ushort ActionBadSetArgument = 15;

    /// <summary>BadInstruction, OFPBIC_UNKNOWN_INST: the instruction is unknown.</summary>
    public const ushort InstructionUnknown = 0;

    /// <summary>BadInstruction, OFPBIC_UNSUP_INST: the table does not support the instruction.</summary>
    public const ushort InstructionUnsupported = 1;

    /// <summary>BadInstruction, OFPBIC_BAD_TABLE_ID: the table to go to is out of range.</summary>
    public const ushort InstructionBadTableId = 2;

    /// <summary>BadInstruction, OFPBIC_UNSUP_METADATA: the metadata value is not supported.</summary>
    public const ushort InstructionUnsupportedMetadata = 3;

    /// <summary>BadInstruction, OFPBIC_UNSUP_METADATA_MASK: the metadata mask is not supported.</summary>
    public const ushort InstructionUnsupportedMetadataMask = 4;

    /// <summary>BadInstruction, OFPBIC_BAD_EXPERIMENTER: the instruction's experimenter is unknown.</summary>
    public const ushort InstructionBadExperimenter = 5;

    /// <summary>BadInstruction, OFPBIC_BAD_EXP_TYPE: the experimenter's instruction type is unknown.</summary>
    public const ushort InstructionBadExperimenterType = 6;

    /// <summary>BadInstruction, OFPBIC_BAD_LEN: an instruction's length is wrong.</summary>
    public const ushort InstructionBadLength = 7;

    /// <summary>BadInstruction, OFPBIC_EPERM: not permitted.</summary>
    public const ushort InstructionPermission = 8;

    /// <summary>BadMatch, OFPBMC_BAD_TYPE: the match type is not supported.</summary>
    public const ushort MatchBadType = 0;

    /// <summary>BadMatch, OFPBMC_BAD_LEN: the match's or a field's length is wrong.</summary>
    public const ushort MatchBadLength = 1;

    /// <summary>BadMatch, OFPBMC_BAD_TAG: a tag is not supported.</summary>
    public const ushort MatchBadTag = 2;

    /// <summary>BadMatch, OFPBMC_BAD_DL_ADDR_MASK: an Ethernet address mask is not supported.</summary>
    public const ushort MatchBadEthMask = 3;

    /// <summary>BadMatch, OFPBMC_BAD_NW_ADDR_MASK: an IP address mask is not supported.</summary>
    public const ushort MatchBadIpMask = 4;

    /// <summary>BadMatch, OFPBMC_BAD_WILDCARDS: this combination of fields is not supported.</summary>
    public const ushort MatchBadWildcards = 5;

    /// <summary>BadMatch, OFPBMC_BAD_FIELD: a field is not supported.</summary>
    public const ushort MatchBadField = 6;

    /// <summary>BadMatch, OFPBMC_BAD_VALUE: a field's value is out of range.</summary>
    public const ushort MatchBadValue = 7;

    /// <summary>BadMatch, OFPBMC_BAD_MASK: a field's mask is not supported.</summary>
    public const ushort MatchBadMask = 8;

    /// <summary>BadMatch, OFPBMC_BAD_PREREQ: a field's prerequisite is not met.</summary>
    public const ushort MatchBadPrerequisite = 9;

    /// <summary>BadMatch, OFPBMC_DUP_FIELD: a field occurs twice.</summary>
    public const ushort MatchDuplicateField = 10;

    /// <summary>BadMatch, OFPBMC_EPERM: not permitted.</summary>
    public const ushort MatchPermission = 11;

    /// <summary>FlowModFailed, OFPFMFC_UNKNOWN: unspecified.</summary>
    public const ushort FlowModUnknown = 0;

    /// <summary>FlowModFailed, OFPFMFC_TABLE_FULL: no room for the rule (1.0: OFPFMFC_ALL_TABLES_FULL).</summary>
    public const ushort TableFull = 1;

    /// <summary>FlowModFailed, OFPFMFC_BAD_TABLE_ID: there is no such table.</summary>
    public const ushort FlowModBadTableId = 2;

    /// <summary>FlowModFailed, OFPFMFC_OVERLAP: the rule overlaps one of the same priority.</summary>
    public const ushort Overlap = 3;

    /// <summary>FlowModFailed, OFPFMFC_EPERM: not permitted.</summary>
    public const ushort FlowModPermission = 4;

    /// <summary>FlowModFailed, OFPFMFC_BAD_TIMEOUT: a timeout is not supported (1.0: OFPFMFC_BAD_EMERG_TIMEOUT, an
    /// emergency rule with a timeout).</summary>
    public const ushort FlowModBadTimeout = 5;

    /// <summary>FlowModFailed, OFPFMFC_BAD_COMMAND: the command is unknown.</summary>
    public const ushort FlowModBadCommand = 6;

    /// <summary>FlowModFailed, OFPFMFC_BAD_FLAGS: a flag is not supported.</summary>
    public const ushort FlowModBadFlags = 7;

    /// <summary>OpenFlow 1.0 only (OFPFMFC_UNSUPPORTED, number 5 there): the action list is not supported. No later
    /// version has such a code, so it lies above theirs.</summary>
    public const ushort FlowModUnsupportedActions = 0x8005;

    /// <summary>GroupModFailed, OFPGMFC_GROUP_EXISTS: the group is there already.</summary>
    public const ushort GroupExists = 0;

    /// <summary>GroupModFailed, OFPGMFC_INVALID_GROUP: the group is not valid.</summary>
    public const ushort GroupInvalid = 1;

    /// <summary>GroupModFailed, OFPGMFC_WEIGHT_UNSUPPORTED: weights are not supported.</summary>
    public const ushort GroupWeightUnsupported = 2;

    /// <summary>GroupModFailed, OFPGMFC_OUT_OF_GROUPS: no room for the group.</summary>
    public const ushort GroupsFull = 3;

    /// <summary>GroupModFailed, OFPGMFC_OUT_OF_BUCKETS: no room for the buckets.</summary>
    public const ushort BucketsFull = 4;

    /// <summary>GroupModFailed, OFPGMFC_CHAINING_UNSUPPORTED: groups cannot refer to groups.</summary>
    public const ushort GroupChainingUnsupported = 5;

    /// <summary>GroupModFailed, OFPGMFC_WATCH_UNSUPPORTED: this watch port or group cannot be watched.</summary>
    public const ushort GroupWatchUnsupported = 6;

    /// <summary>GroupModFailed, OFPGMFC_LOOP: groups refer to one another in a circle.</summary>
    public const ushort GroupLoop = 7;

    /// <summary>GroupModFailed, OFPGMFC_UNKNOWN_GROUP: there is no such group.</summary>
    public const ushort GroupUnknown = 8;

    /// <summary>GroupModFailed, OFPGMFC_CHAINED_GROUP: another group refers to it.</summary>
    public const ushort GroupChained = 9;

    /// <summary>GroupModFailed, OFPGMFC_BAD_TYPE: the group type is not supported.</summary>
    public const ushort GroupBadType = 10;

    /// <summary>GroupModFailed, OFPGMFC_BAD_COMMAND: the command is unknown.</summary>
    public const ushort GroupModBadCommand = 11;

    /// <summary>GroupModFailed, OFPGMFC_BAD_BUCKET: a bucket is malformed.</summary>
    public const ushort GroupBadBucket = 12;

    /// <summary>GroupModFailed, OFPGMFC_BAD_WATCH: a watch port or group is wrong.</summary>
    public const ushort GroupBadWatch = 13;

    /// <summary>GroupModFailed, OFPGMFC_EPERM: not permitted.</summary>
    public const ushort GroupModPermission = 14;

    /// <summary>PortModFailed, OFPPMFC_BAD_PORT: there is no such port.</summary>
    public const ushort PortModBadPort = 0;

    /// <summary>PortModFailed, OFPPMFC_BAD_HW_ADDR: the address is another.</summary>
    public const ushort PortModBadHardwareAddress = 1;

    /// <summary>PortModFailed, OFPPMFC_BAD_CONFIG: the configuration is not supported.</summary>
    public const ushort PortModBadConfig = 2;

    /// <summary>PortModFailed, OFPPMFC_BAD_ADVERTISE: the features cannot be advertised.</summary>
    public const ushort PortModBadAdvertise = 3;

    /// <summary>PortModFailed, OFPPMFC_EPERM: not permitted.</summary>
    public const ushort PortModPermission = 4;

    /// <summary>TableModFailed, OFPTMFC_BAD_TABLE: there is no such table.</summary>
    public const ushort TableModBadTable = 0;

    /// <summary>TableModFailed, OFPTMFC_BAD_CONFIG: the configuration is not supported.</summary>
    public const ushort TableModBadConfig = 1;

    /// <summary>TableModFailed, OFPTMFC_EPERM: not permitted.</summary>
    public const ushort TableModPermission = 2;

    /// <summary>QueueOperationFailed, OFPQOFC_BAD_PORT: there is no such port.</summary>
    public const ushort QueueBadPort = 0;

    /// <summary>QueueOperationFailed, OFPQOFC_BAD_QUEUE: there is no such queue.</summary>
    public const ushort QueueBadQueue = 1;

    /// <summary>QueueOperationFailed, OFPQOFC_EPERM: not permitted.</summary>
    public const ushort QueuePermission = 2;

    /// <summary>SwitchConfigFailed, OFPSCFC_BAD_FLAGS: a flag is not supported.</summary>
    public const ushort SwitchConfigBadFlags = 0;

    /// <summary>SwitchConfigFailed, OFPSCFC_BAD_LEN: the miss-send length is not supported.</summary>
    public const ushort SwitchConfigBadLength = 1;

    /// <summary>SwitchConfigFailed, OFPSCFC_EPERM: not permitted.</summary>
    public const ushort SwitchConfigPermission = 2;

    /// <summary>RoleRequestFailed, OFPRRFC_STALE: the generation id is older than the last one.</summary>
    public const ushort RoleStale = 0;

    /// <summary>RoleRequestFailed, OFPRRFC_UNSUP: roles cannot be changed.</summary>
    public const ushort RoleUnsupported = 1;

    /// <summary>RoleRequestFailed, OFPRRFC_BAD_ROLE: the role is unknown.</summary>
    public const ushort RoleBadRole = 2;

    /// <summary>MeterModFailed, OFPMMFC_UNKNOWN: unspecified.</summary>
    public const ushort MeterModUnknown = 0;

    /// <summary>MeterModFailed, OFPMMFC_METER_EXISTS: the meter is there already.</summary>
    public const ushort MeterExists = 1;

    /// <summary>MeterModFailed, OFPMMFC_INVALID_METER: the meter is not valid.</summary>
    public const ushort MeterInvalid = 2;

    /// <summary>MeterModFailed, OFPMMFC_UNKNOWN_METER: there is no such meter.</summary>
    public const ushort MeterUnknown = 3;

    /// <summary>MeterModFailed, OFPMMFC_BAD_COMMAND: the command is unknown.</summary>
    public const ushort MeterModBadCommand = 4;

    /// <summary>MeterModFailed, OFPMMFC_BAD_FLAGS: a flag is not supported.</summary>
    public const ushort MeterBadFlags = 5;

    /// <summary>MeterModFailed, OFPMMFC_BAD_RATE: the rate is not supported.</summary>
    public const ushort MeterBadRate = 6;

    /// <summary>MeterModFailed, OFPMMFC_BAD_BURST: the burst size is not supported.</summary>
    public const ushort MeterBadBurst = 7;

    /// <summary>MeterModFailed, OFPMMFC_BAD_BAND: the band is not supported.</summary>
    public const ushort MeterBadBand = 8;

    /// <summary>MeterModFailed, OFPMMFC_BAD_BAND_VALUE: a band's value is not supported.</summary>
    public const ushort MeterBadBandValue = 9;

    /// <summary>MeterModFailed, OFPMMFC_OUT_OF_METERS: no room for the meter.</summary>
    public const ushort MetersFull = 10;

    /// <summary>MeterModFailed, OFPMMFC_OUT_OF_BANDS: too many bands.</summary>
    public const ushort BandsFull = 11;

    /// <summary>TableFeaturesFailed, OFPTFFC_BAD_TABLE: there is no such table.</summary>
    public const ushort TableFeaturesBadTable = 0;

    /// <summary>TableFeaturesFailed, OFPTFFC_BAD_METADATA: the metadata mask is not supported.</summary>
    public const ushort TableFeaturesBadMetadata = 1;

    /// <summary>TableFeaturesFailed, OFPTFFC_BAD_TYPE: the property type is unknown.</summary>
    public const ushort TableFeaturesBadType = 2;

    /// <summary>TableFeaturesFailed, OFPTFFC_BAD_LEN: a property's length is wrong.</summary>
    public const ushort TableFeaturesBadLength = 3;

    /// <summary>TableFeaturesFailed, OFPTFFC_BAD_ARGUMENT: a property's value is not supported.</summary>
    public const ushort TableFeaturesBadArgument = 4;

    /// <summary>TableFeaturesFailed, OFPTFFC_EPERM: not permitted.</summary>
    public const ushort TableFeaturesPermission = 5;
}
