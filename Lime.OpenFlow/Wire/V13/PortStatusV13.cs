using Lime.OpenFlow.Messages;

namespace Lime.OpenFlow.Wire.V13;

/// <summary>Port-statuses (ofp_port_status, OpenFlow 1.3.5 section 7.4.3).</summary>
/// <remarks><code>
///  8  reason:8   pad:56
/// 16  desc:512
/// </code></remarks>
internal static class PortStatusV13
{
    private const int DescriptionAt = 16;

    public static int SizeOf(PortStatus message)
    {
        PortDescriptionV13.Check(message.Port);
        return DescriptionAt + PortDescriptionV13.SizeBytes;
    }

    public static void Write(ref WireWriter writer, PortStatus message)
    {
        writer.WriteUInt8((byte)message.Reason);
        writer.WriteZeros(7);
        PortDescriptionV13.Write(ref writer, message.Port);
    }

    public static PortStatus Read(ref WireReader reader)
    {
        var reason = (PortStatusReason)reader.ReadUInt8("ofp_port_status.reason");
        reader.Skip(7, "ofp_port_status.pad");
        return new PortStatus(reason, PortDescriptionV13.Read(ref reader));
    }
}
