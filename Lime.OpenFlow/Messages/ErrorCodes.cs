namespace Lime.OpenFlow.Messages;

/// <summary>Error codes that Lime itself uses, as on the wire of OpenFlow 1.0 (section 5.4.4).</summary>
public static class ErrorCodes
{
    /// <summary>OFPHFC_INCOMPATIBLE: no common version.</summary>
    public const ushort HelloIncompatible = 0;

    /// <summary>OFPBRC_BAD_VERSION: the header's version is not the negotiated one.</summary>
    public const ushort BadVersion = 0;

    /// <summary>OFPBRC_BAD_TYPE: the message type is not supported.</summary>
    public const ushort BadType = 1;

    /// <summary>OFPBRC_BAD_STAT: the statistics type is not supported.</summary>
    public const ushort BadMultipart = 2;

    /// <summary>OFPBRC_BAD_VENDOR: the vendor is unknown.</summary>
    public const ushort BadExperimenter = 3;

    /// <summary>OFPBRC_BAD_LEN: the length does not fit the type.</summary>
    public const ushort BadLength = 6;

    /// <summary>OFPBRC_BUFFER_EMPTY: the buffer was used already.</summary>
    public const ushort BufferEmpty = 7;

    /// <summary>OFPBRC_BUFFER_UNKNOWN: there is no such buffer.</summary>
    public const ushort BufferUnknown = 8;

    /// <summary>OFPBAC_BAD_TYPE: the action type is not supported.</summary>
    public const ushort ActionBadType = 0;

    /// <summary>OFPBAC_BAD_LEN: an action's length is wrong.</summary>
    public const ushort ActionBadLength = 1;

    /// <summary>OFPBAC_BAD_OUT_PORT: an action's port does not exist.</summary>
    public const ushort ActionBadOutPort = 4;

    /// <summary>OFPBAC_BAD_ARGUMENT: an action's argument is out of range.</summary>
    public const ushort ActionBadArgument = 5;

    /// <summary>OFPFMFC_ALL_TABLES_FULL: no room for the rule.</summary>
    public const ushort AllTablesFull = 0;

    /// <summary>OFPFMFC_OVERLAP: the rule overlaps one of the same priority.</summary>
    public const ushort Overlap = 1;

    /// <summary>OFPFMFC_BAD_EMERG_TIMEOUT: an emergency rule with a timeout.</summary>
    public const ushort BadEmergencyTimeout = 3;

    /// <summary>OFPFMFC_BAD_COMMAND: the command is unknown.</summary>
    public const ushort FlowModBadCommand = 4;

    /// <summary>OFPPMFC_BAD_PORT: there is no such port.</summary>
    public const ushort PortModBadPort = 0;

    /// <summary>OFPPMFC_BAD_HW_ADDR: the address is another.</summary>
    public const ushort PortModBadHardwareAddress = 1;

    /// <summary>OFPQOFC_BAD_PORT: there is no such port.</summary>
    public const ushort QueueBadPort = 0;
}
