using Lime.OpenFlow.Messages.Multipart;

namespace Lime.OpenFlow.Wire.V10.Multipart;

/// <summary>What a switch is (ofp_desc_stats, OpenFlow 1.0.0 section 5.3.5).</summary>
/// <remarks><code>
///   0  mfr_desc:2048
/// 256  hw_desc:2048
/// 512  sw_desc:2048
/// 768  serial_num:256
/// 800  dp_desc:2048
/// </code></remarks>
internal static class DescriptionV10
{
    private const int SizeBytes = 1056;
    private const int TextBytes = 256;
    private const int SerialBytes = 32;

    public static int SizeOf(DescriptionReply description)
    {
        WireLimits.CheckText(description.Manufacturer, TextBytes, OpenFlowVersion.V10, "DescriptionReply.Manufacturer");
        WireLimits.CheckText(description.Hardware, TextBytes, OpenFlowVersion.V10, "DescriptionReply.Hardware");
        WireLimits.CheckText(description.Software, TextBytes, OpenFlowVersion.V10, "DescriptionReply.Software");
        WireLimits.CheckText(description.SerialNumber, SerialBytes, OpenFlowVersion.V10, "DescriptionReply.SerialNumber");
        WireLimits.CheckText(description.Datapath, TextBytes, OpenFlowVersion.V10, "DescriptionReply.Datapath");
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
