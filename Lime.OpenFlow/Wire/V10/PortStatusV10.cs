using Lime.OpenFlow.Messages;

namespace Lime.OpenFlow.Wire.V10;

/// <summary>Port-statuses (ofp_port_status, OpenFlow 1.0.0 section 5.4.3).</summary>
/// <remarks><code>
///  8  reason:8   pad:56
/// 16  desc:384
/// </code></remarks>
internal static class PortStatusV10
{
    private const int SizeBytes = 64;

    public static int SizeOf(PortStatus message)
    {
        PortDescriptionV10.Check(message.Port);
        return SizeBytes;
    }

    public static void Write(ref WireWriter writer, PortStatus message)
    {
        writer.WriteUInt8((byte)message.Reason);
        writer.WriteZeros(7);
        PortDescriptionV10.Write(ref writer, message.Port);
    }

    public static PortStatus Read(ref WireReader reader)
    {
        var reason = (PortStatusReason)reader.ReadUInt8("ofp_port_status.reason");
        reader.Skip(7, "ofp_port_status.pad");
        return new PortStatus(reason, PortDescriptionV10.Read(ref reader));
    }
}
