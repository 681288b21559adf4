using Lime.OpenFlow.Messages;

namespace Lime.OpenFlow.Wire;

/// <summary>Which error a malformed part gets: it depends on the message that it is a part of.</summary>
/// <param name="Type">The error's type.</param>
/// <param name="Code">Its code.</param>
internal readonly record struct WireFault(ErrorType Type, ushort Code)
{
    /// <summary>A part of a message that has no error of its own.</summary>
    public static WireFault Request => new(ErrorType.BadRequest, ErrorCodes.BadLength);

    /// <summary>A bucket of a group-mod.</summary>
    public static WireFault GroupMod => new(ErrorType.GroupModFailed, ErrorCodes.GroupBadBucket);

    /// <summary>A band of a meter-mod.</summary>
    public static WireFault MeterMod => new(ErrorType.MeterModFailed, ErrorCodes.MeterBadBand);

    /// <summary>A table or property of a table-features request.</summary>
    public static WireFault TableFeatures => new(ErrorType.TableFeaturesFailed, ErrorCodes.TableFeaturesBadLength);

    public OpenFlowProtocolException Exception(string message) => new(Type, Code, message);
}
