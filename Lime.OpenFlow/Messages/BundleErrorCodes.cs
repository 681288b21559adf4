namespace Lime.OpenFlow.Messages;

/// <summary>Error codes of bundles in OpenFlow 1.3, where they are the ONF's extension 230: an error of type
/// <see cref="ErrorType.Experimenter"/> whose bytes begin with <see cref="Experimenter"/>.</summary>
public static class BundleErrorCodes
{
    /// <summary>The ONF's number among experimenters (ONF_EXPERIMENTER_ID).</summary>
    public const uint Experimenter = 0x4f4e4600;

    /// <summary>Unspecified (OFPBFC_UNKNOWN).</summary>
    public const ushort Unknown = 2300;

    /// <summary>Not permitted (OFPBFC_EPERM).</summary>
    public const ushort Permission = 2301;

    /// <summary>There is no such bundle (OFPBFC_BAD_ID).</summary>
    public const ushort BadId = 2302;

    /// <summary>The bundle is there already (OFPBFC_BUNDLE_EXIST).</summary>
    public const ushort Exists = 2303;

    /// <summary>The bundle is closed (OFPBFC_BUNDLE_CLOSED).</summary>
    public const ushort Closed = 2304;

    /// <summary>No room for another bundle (OFPBFC_OUT_OF_BUNDLES).</summary>
    public const ushort BundlesFull = 2305;

    /// <summary>The control type is not supported (OFPBFC_BAD_TYPE).</summary>
    public const ushort BadType = 2306;

    /// <summary>A flag is not supported, or not that of the bundle (OFPBFC_BAD_FLAGS).</summary>
    public const ushort BadFlags = 2307;

    /// <summary>The length of a message to add is wrong (OFPBFC_MSG_BAD_LEN).</summary>
    public const ushort MessageBadLength = 2308;

    /// <summary>The transaction ids of a message to add and of its carrier differ (OFPBFC_MSG_BAD_XID).</summary>
    public const ushort MessageBadXid = 2309;

    /// <summary>Such a message cannot be added (OFPBFC_MSG_UNSUP).</summary>
    public const ushort MessageUnsupported = 2310;

    /// <summary>Messages of the bundle contradict one another (OFPBFC_MSG_CONFLICT).</summary>
    public const ushort MessageConflict = 2311;

    /// <summary>The bundle has too many messages (OFPBFC_MSG_TOO_MANY).</summary>
    public const ushort MessagesTooMany = 2312;

    /// <summary>A message of the bundle failed (OFPBFC_MSG_FAILED).</summary>
    public const ushort MessageFailed = 2313;

    /// <summary>The bundle was open for too long (OFPBFC_TIMEOUT).</summary>
    public const ushort Timeout = 2314;

    /// <summary>Another bundle holds what this one needs (OFPBFC_BUNDLE_IN_PROGRESS).</summary>
    public const ushort InProgress = 2315;
}
