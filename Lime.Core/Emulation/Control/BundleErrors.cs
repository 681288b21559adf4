using Lime.Core.Emulation.Tables;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Emulation.Control;

/// <summary>Why a switch refuses what is said of a bundle.</summary>
internal static class BundleErrors
{
    public static readonly Refusal BadId = Of(BundleErrorCodes.BadId);

    public static readonly Refusal Exists = Of(BundleErrorCodes.Exists);

    public static readonly Refusal Closed = Of(BundleErrorCodes.Closed);

    public static readonly Refusal TooManyBundles = Of(BundleErrorCodes.BundlesFull);

    public static readonly Refusal BadType = Of(BundleErrorCodes.BadType);

    public static readonly Refusal BadFlags = Of(BundleErrorCodes.BadFlags);

    public static readonly Refusal BadLength = Of(BundleErrorCodes.MessageBadLength);

    public static readonly Refusal Unsupported = Of(BundleErrorCodes.MessageUnsupported);

    public static readonly Refusal TooMany = Of(BundleErrorCodes.MessagesTooMany);

    public static readonly Refusal Failed = Of(BundleErrorCodes.MessageFailed);

    private static Refusal Of(ushort code) => new(ErrorType.Experimenter, code);
}
