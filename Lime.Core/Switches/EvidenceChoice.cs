using System.Collections.Immutable;
using Lime.Core.Migration;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Core.Switches;

/// <summary>Chooses the kind of evidence that fits a switch, by what it says of itself.</summary>
/// <remarks>Threading: the owner loop's.</remarks>
internal static class EvidenceChoice
{
    /// <summary>What a plan asks for, or what fits.</summary>
    public static async Task<IEvidence> ForAsync(PhysicalSwitch physical, IEvidence? asked) =>
        asked ?? Of(physical.Description ??= await DescribeAsync(physical));

    /// <summary>Lime's emulated switches do what they say; Open vSwitch has a cache of flows; of others nothing is
    /// known, and time needs no more of a switch than that it keeps to it.</summary>
    public static IEvidence Of(DescriptionReply description)
    {
        bool isOurs = description is { Manufacturer: "Lime", Hardware: "Emulated switch" };
        return isOurs ? Evidence.Barrier : Evidence.Settle;
    }

    private static async Task<DescriptionReply> DescribeAsync(PhysicalSwitch physical)
    {
        try
        {
            ImmutableArray<MultipartReply> parts = await physical.RequestAllAsync(new DescriptionRequest());
            return parts.OfType<DescriptionReply>().FirstOrDefault() ?? Unknown;
        }
        catch (OpenFlowRequestException exception) when (exception.Failure == RequestFailure.Refused)
        {
            return Unknown;
        }
    }

    private static DescriptionReply Unknown { get; } = new("", "", "", "", "");
}
