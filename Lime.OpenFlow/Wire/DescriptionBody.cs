using Lime.OpenFlow.Messages.Multipart;

namespace Lime.OpenFlow.Wire;

/// <summary>What a switch is (ofp_desc_stats; the same in every version).</summary>
/// <remarks><code>
///   0  mfr_desc:2048
/// 256  hw_desc:2048
/// 512  sw_desc:2048
/// 768  serial_num:256
/// 800  dp_desc:2048
/// </code></remarks>
internal static class DescriptionBody
{
    private const int SizeBytes = 1056;
    private const int TextBytes = 256;
    private const int SerialBytes = 32;

    public static int SizeOf(DescriptionReply description, OpenFlowVersion version)
    {
        WireLimits.CheckText(description.Manufacturer, TextBytes, version, "DescriptionReply.Manufacturer");
        WireLimits.CheckText(description.Hardware, TextBytes, version, "DescriptionReply.Hardware");
        WireLimits.CheckText(description.Software, TextBytes, version, "DescriptionReply.Software");
        WireLimits.CheckText(description.SerialNumber, SerialBytes, version, "DescriptionReply.SerialNumber");
        WireLimits.CheckText(description.Datapath, TextBytes, version, "DescriptionReply.Datapath");
        return SizeBytes;
    }

    public static void Write(ref WireWriter writer, DescriptionReply description)
    {
        writer.WriteText(description.Manufacturer, TextBytes);
        writer.WriteText(description.Hardware, TextBytes);
        writer.WriteText(description.Software, TextBytes);
        writer.WriteText(description.SerialNumber, SerialBytes);
        writer.WriteText(description.Datapath, TextBytes);
    }

    public static DescriptionReply Read(ref WireReader reader) => new(
        reader.ReadText(TextBytes, "ofp_desc_stats.mfr_desc"),
        reader.ReadText(TextBytes, "ofp_desc_stats.hw_desc"),
        reader.ReadText(TextBytes, "ofp_desc_stats.sw_desc"),
        reader.ReadText(SerialBytes, "ofp_desc_stats.serial_num"),
        reader.ReadText(TextBytes, "ofp_desc_stats.dp_desc"));
}
