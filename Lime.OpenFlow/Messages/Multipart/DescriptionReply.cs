namespace Lime.OpenFlow.Messages.Multipart;

/// <summary>What the switch is (ofp_desc_stats).</summary>
/// <param name="Manufacturer">At most 255 bytes.</param>
/// <param name="Hardware">At most 255 bytes.</param>
/// <param name="Software">At most 255 bytes.</param>
/// <param name="SerialNumber">At most 31 bytes.</param>
/// <param name="Datapath">A readable name, at most 255 bytes.</param>
public sealed record DescriptionReply(
    string Manufacturer,
    string Hardware,
    string Software,
    string SerialNumber,
    string Datapath) : MultipartReply(MultipartType.Description);
