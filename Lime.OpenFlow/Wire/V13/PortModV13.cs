using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.OpenFlow.Wire.V13;

/// <summary>Port-mods (ofp_port_mod, OpenFlow 1.3.5 section 7.3.4.3).</summary>
/// <remarks><code>
///  8  port_no:32   pad:32
/// 16  hw_addr:48   pad:16
/// 24  config:32
/// 28  mask:32
/// 32  advertise:32
/// 36  pad:32
/// </code></remarks>
internal static class PortModV13
{
    private const int SizeBytes = 40;

    public static int SizeOf(PortMod message)
    {
        PortDescriptionV13.CheckFeatures(message.Advertise, "PortMod.Advertise");
        return SizeBytes;
    }

    public static void Write(ref WireWriter writer, PortMod message)
    {
        writer.WriteUInt32(message.Port.Value);
        writer.WriteZeros(4);
        writer.WriteMac(message.HardwareAddress);
        writer.WriteZeros(2);
        writer.WriteUInt32((uint)message.Config);
        writer.WriteUInt32((uint)message.Mask);
        writer.WriteUInt32((uint)message.Advertise);
        writer.WriteZeros(4);
    }

    public static PortMod Read(ref WireReader reader)
    {
        var port = new PortNumber(reader.ReadUInt32("ofp_port_mod.port_no"));
        reader.Skip(4, "ofp_port_mod.pad");
        MacAddress address = reader.ReadMac("ofp_port_mod.hw_addr");
        reader.Skip(2, "ofp_port_mod.pad2");
        var config = (PortConfig)reader.ReadUInt32("ofp_port_mod.config");
        var mask = (PortConfig)reader.ReadUInt32("ofp_port_mod.mask");
        var advertise = (PortFeatures)reader.ReadUInt32("ofp_port_mod.advertise");
        reader.Skip(4, "ofp_port_mod.pad3");
        return new PortMod(port, address, config, mask, advertise);
    }
}
