using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.OpenFlow.Wire.V10;

/// <summary>Ports (ofp_phy_port, OpenFlow 1.0.0 section 5.2.1).</summary>
/// <remarks><code>
///  0  port_no:16   hw_addr:48
///  8  name:128
/// 24  config:32
/// 28  state:32
/// 32  curr:32
/// 36  advertised:32
/// 40  supported:32
/// 44  peer:32
/// </code></remarks>
internal static class PortDescriptionV10
{
    public const int SizeBytes = 48;
    private const int NameBytes = 16;

    /// <summary>Checks that OpenFlow 1.0 can say the port.</summary>
    public static void Check(PortDescription port)
    {
        PortNumberV10.Check(port.Port, "PortDescription.Port");
        WireLimits.CheckText(port.Name, NameBytes, OpenFlowVersion.V10, "PortDescription.Name");
        PortFeaturesV10.Check(port.CurrentFeatures, "PortDescription.CurrentFeatures");
        PortFeaturesV10.Check(port.AdvertisedFeatures, "PortDescription.AdvertisedFeatures");
        PortFeaturesV10.Check(port.SupportedFeatures, "PortDescription.SupportedFeatures");
        PortFeaturesV10.Check(port.PeerFeatures, "PortDescription.PeerFeatures");
    }

    public static void Write(ref WireWriter writer, PortDescription port)
    {
        PortNumberV10.Write(ref writer, port.Port);
        writer.WriteMac(port.HardwareAddress);
        writer.WriteText(port.Name, NameBytes);
        writer.WriteUInt32((uint)port.Config);
        writer.WriteUInt32(port.State);
        writer.WriteUInt32(PortFeaturesV10.Narrow(port.CurrentFeatures));
        writer.WriteUInt32(PortFeaturesV10.Narrow(port.AdvertisedFeatures));
        writer.WriteUInt32(PortFeaturesV10.Narrow(port.SupportedFeatures));
        writer.WriteUInt32(PortFeaturesV10.Narrow(port.PeerFeatures));
    }

    public static PortDescription Read(ref WireReader reader)
    {
        PortNumber port = PortNumberV10.Read(ref reader, "ofp_phy_port.port_no");
        MacAddress address = reader.ReadMac("ofp_phy_port.hw_addr");
        string name = reader.ReadText(NameBytes, "ofp_phy_port.name");
        return new PortDescription(port, address, name)
        {
            Config = (PortConfig)reader.ReadUInt32("ofp_phy_port.config"),
            State = reader.ReadUInt32("ofp_phy_port.state"),
            CurrentFeatures = PortFeaturesV10.Widen(reader.ReadUInt32("ofp_phy_port.curr")),
            AdvertisedFeatures = PortFeaturesV10.Widen(reader.ReadUInt32("ofp_phy_port.advertised")),
            SupportedFeatures = PortFeaturesV10.Widen(reader.ReadUInt32("ofp_phy_port.supported")),
            PeerFeatures = PortFeaturesV10.Widen(reader.ReadUInt32("ofp_phy_port.peer")),
        };
    }
}
