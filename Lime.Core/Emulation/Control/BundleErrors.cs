using Lime.Core.Emulation.Tables;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Emulation.Control;

/// <summary>The errors of bundles in OpenFlow 1.3: the codes of 1.4's OFPET_BUNDLE_FAILED behind 2,300, as
/// experimenter's errors (ONF extension 230).</summary>
internal static class BundleErrors
{
    /// <summary>OFPBFC_BAD_ID: there is no such bundle.</summary>
    public static readonly Refusal BadId = Of(2);

    /// <summary>OFPBFC_BUNDLE_EXIST: it is there already.</summary>
    public static readonly Refusal Exists = Of(3);

    /// <summary>OFPBFC_BUNDLE_CLOSED: it is closed.</summary>
    public static readonly Refusal Closed = Of(4);

    /// <summary>OFPBFC_OUT_OF_BUNDLES: too many are open.</summary>
    public static readonly Refusal TooManyBundles = Of(5);

    /// <summary>OFPBFC_BAD_TYPE: not a request.</summary>
    public static readonly Refusal BadType = Of(6);

    /// <summary>OFPBFC_BAD_FLAGS: unknown flags, or others than those it was opened with.</summary>
    public static readonly Refusal BadFlags = Of(7);

    /// <summary>OFPBFC_MSG_BAD_LEN: the message's length is wrong.</summary>
    public static readonly Refusal BadLength = Of(8);

    /// <summary>OFPBFC_MSG_BAD_XID: the message's xid is not that of the message that adds it.</summary>
    public static readonly Refusal BadXid = Of(9);

    /// <summary>OFPBFC_MSG_UNSUP: such a message can't be part of a bundle.</summary>
    public static readonly Refusal Unsupported = Of(10);

    /// <summary>OFPBFC_MSG_TOO_MANY: the bundle has no room for it.</summary>
    public static readonly Refusal TooMany = Of(12);

    /// <summary>OFPBFC_MSG_FAILED: one of its messages was refused, so none took effect.</summary>
    public static readonly Refusal Failed = Of(13);

    private static Refusal Of(ushort code) => new(ErrorType.Experimenter, (ushort)(2300 + code));
}
