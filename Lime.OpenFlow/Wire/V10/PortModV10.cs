using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.OpenFlow.Wire.V10;

/// <summary>Port-mods (ofp_port_mod, OpenFlow 1.0.0 section 5.3.3).</summary>
/// <remarks><code>
///  8  port_no:16   hw_addr:48
/// 16  config:32
/// 20  mask:32
/// 24  advertise:32
/// 28  pad:32
/// </code></remarks>
internal static class PortModV10
{
    private const int SizeBytes = 32;

    public static int SizeOf(PortMod message)
    {
        PortNumberV10.Check(message.Port, "PortMod.Port");
        PortFeaturesV10.Check(message.Advertise, "PortMod.Advertise");
        return SizeBytes;
    }

    public static void Write(ref WireWriter writer, PortMod message)
    {
        PortNumberV10.Write(ref writer, message.Port);
        writer.WriteMac(message.HardwareAddress);
        writer.WriteUInt32((uint)message.Config);
        writer.WriteUInt32((uint)message.Mask);
        writer.WriteUInt32(PortFeaturesV10.Narrow(message.Advertise));
        writer.WriteZeros(4);
    }

    public static PortMod Read(ref WireReader reader)
    {
        PortNumber port = PortNumberV10.Read(ref reader, "ofp_port_mod.port_no");
        MacAddress address = reader.ReadMac("ofp_port_mod.hw_addr");
        var config = (PortConfig)reader.ReadUInt32("ofp_port_mod.config");
        var mask = (PortConfig)reader.ReadUInt32("ofp_port_mod.mask");
        PortFeatures advertise = PortFeaturesV10.Widen(reader.ReadUInt32("ofp_port_mod.advertise"));
        reader.Skip(4, "ofp_port_mod.pad");
        return new PortMod(port, address, config, mask, advertise);
    }
}
