using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.OpenFlow.Wire.V10;

/// <summary>Features replies (ofp_switch_features, OpenFlow 1.0.0 section 5.3.1).</summary>
/// <remarks><code>
///  8  datapath_id:64
/// 16  n_buffers:32
/// 20  n_tables:8   pad:24
/// 24  capabilities:32
/// 28  actions:32
/// 32  ports
/// </code></remarks>
internal static class FeaturesV10
{
    private const int PortsAt = 32;

    public static int SizeOf(FeaturesReply message)
    {
        CapabilitiesV10.Check(message.Capabilities);
        if (message.AuxiliaryId != 0) throw LimitsV10.Unsupported("FeaturesReply.AuxiliaryId");
        ReadOnlySpan<PortDescription> ports = message.Ports.AsSpan();
        foreach (PortDescription port in ports) PortDescriptionV10.Check(port);
        return WireLimits.FrameBytes(PortsAt + ((long)ports.Length * PortDescriptionV10.SizeBytes));
    }

    public static void Write(ref WireWriter writer, FeaturesReply message)
    {
        writer.WriteUInt64(message.Datapath.Value);
        writer.WriteUInt32(message.BufferCount);
        writer.WriteUInt8(message.TableCount);
        writer.WriteZeros(3);
        writer.WriteUInt32(CapabilitiesV10.Narrow(message.Capabilities));
        writer.WriteUInt32(message.ActionBits);
        foreach (PortDescription port in message.Ports.AsSpan()) PortDescriptionV10.Write(ref writer, port);
    }

    public static FeaturesReply Read(ref WireReader reader)
    {
        var datapath = new DatapathId(reader.ReadUInt64("ofp_switch_features.datapath_id"));
        uint buffers = reader.ReadUInt32("ofp_switch_features.n_buffers");
        byte tables = reader.ReadUInt8("ofp_switch_features.n_tables");
        reader.Skip(3, "ofp_switch_features.pad");
        SwitchCapabilities capabilities =
            CapabilitiesV10.Widen(reader.ReadUInt32("ofp_switch_features.capabilities"));
        uint actions = reader.ReadUInt32("ofp_switch_features.actions");
        return new FeaturesReply(datapath, buffers, tables, capabilities, actions, ReadPorts(ref reader));
    }

    private static ImmutableArray<PortDescription> ReadPorts(ref WireReader reader)
    {
        int count = reader.CountEntries(PortDescriptionV10.SizeBytes, "ofp_switch_features.ports");
        var ports = new PortDescription[count];
        for (int i = 0; i < count; i++) ports[i] = PortDescriptionV10.Read(ref reader);
        return ImmutableCollectionsMarshal.AsImmutableArray(ports);
    }
}
