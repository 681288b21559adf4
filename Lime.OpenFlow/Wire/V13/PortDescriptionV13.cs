using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.OpenFlow.Wire.V13;

/// <summary>Ports (ofp_port, OpenFlow 1.3.5 section 7.2.1).</summary>
/// <remarks><code>
///  0  port_no:32   pad:32
///  8  hw_addr:48   pad:16
/// 16  name:128
/// 32  config:32
/// 36  state:32
/// 40  curr:32
/// 44  advertised:32
/// 48  supported:32
/// 52  peer:32
/// 56  curr_speed:32
/// 60  max_speed:32
/// </code></remarks>
internal static class PortDescriptionV13
{
    public const int SizeBytes = 64;
    private const int NameBytes = 16;

    /// <summary>Checks that OpenFlow 1.3 can say the port.</summary>
    public static void Check(PortDescription port)
    {
        WireLimits.CheckText(port.Name, NameBytes, OpenFlowVersion.V13, "PortDescription.Name");
        CheckFeatures(port.CurrentFeatures, "PortDescription.CurrentFeatures");
        CheckFeatures(port.AdvertisedFeatures, "PortDescription.AdvertisedFeatures");
        CheckFeatures(port.SupportedFeatures, "PortDescription.SupportedFeatures");
        CheckFeatures(port.PeerFeatures, "PortDescription.PeerFeatures");
    }

    /// <summary>Checks for features that only a 1.0 switch can have.</summary>
    public static void CheckFeatures(PortFeatures features, string field)
    {
        if ((ulong)features > uint.MaxValue) throw LimitsV13.Unsupported(field);
    }

    public static void Write(ref WireWriter writer, PortDescription port)
    {
        writer.WriteUInt32(port.Port.Value);
        writer.WriteZeros(4);
        writer.WriteMac(port.HardwareAddress);
        writer.WriteZeros(2);
        writer.WriteText(port.Name, NameBytes);
        writer.WriteUInt32((uint)port.Config);
        writer.WriteUInt32(port.State);
        writer.WriteUInt32((uint)port.CurrentFeatures);
        writer.WriteUInt32((uint)port.AdvertisedFeatures);
        writer.WriteUInt32((uint)port.SupportedFeatures);
        writer.WriteUInt32((uint)port.PeerFeatures);
        writer.WriteUInt32(port.CurrentSpeedKbps);
        writer.WriteUInt32(port.MaxSpeedKbps);
    }

    public static PortDescription Read(ref WireReader reader)
    {
        var port = new PortNumber(reader.ReadUInt32("ofp_port.port_no"));
        reader.Skip(4, "ofp_port.pad");
        MacAddress address = reader.ReadMac("ofp_port.hw_addr");
        reader.Skip(2, "ofp_port.pad2");
        string name = reader.ReadText(NameBytes, "ofp_port.name");
        return new PortDescription(port, address, name)
        {
            Config = (PortConfig)reader.ReadUInt32("ofp_port.config"),
            State = reader.ReadUInt32("ofp_port.state"),
            CurrentFeatures = (PortFeatures)reader.ReadUInt32("ofp_port.curr"),
            AdvertisedFeatures = (PortFeatures)reader.ReadUInt32("ofp_port.advertised"),
            SupportedFeatures = (PortFeatures)reader.ReadUInt32("ofp_port.supported"),
            PeerFeatures = (PortFeatures)reader.ReadUInt32("ofp_port.peer"),
            CurrentSpeedKbps = reader.ReadUInt32("ofp_port.curr_speed"),
            MaxSpeedKbps = reader.ReadUInt32("ofp_port.max_speed"),
        };
    }
}
