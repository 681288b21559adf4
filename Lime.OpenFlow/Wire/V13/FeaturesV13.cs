using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.OpenFlow.Wire.V13;

/// <summary>Features replies (ofp_switch_features, OpenFlow 1.3.5 section 7.3.1).</summary>
/// <remarks><code>
///  8  datapath_id:64
/// 16  n_buffers:32
/// 20  n_tables:8   auxiliary_id:8   pad:16
/// 24  capabilities:32
/// 28  reserved:32 (1.0's action bits)
/// </code></remarks>
internal static class FeaturesV13
{
    private const int SizeBytes = 32;

    public static int SizeOf(FeaturesReply message)
    {
        bool isEarlier = (ulong)message.Capabilities > uint.MaxValue;
        if (isEarlier) throw LimitsV13.Unsupported("FeaturesReply.Capabilities");
        if (message.Ports.AsSpan().Length > 0) throw LimitsV13.Unsupported("FeaturesReply.Ports");
        return SizeBytes;
    }

    public static void Write(ref WireWriter writer, FeaturesReply message)
    {
        writer.WriteUInt64(message.Datapath.Value);
        writer.WriteUInt32(message.BufferCount);
        writer.WriteUInt8(message.TableCount);
        writer.WriteUInt8(message.AuxiliaryId);
        writer.WriteZeros(2);
        writer.WriteUInt32((uint)message.Capabilities);
        writer.WriteUInt32(message.ActionBits);
    }

    public static FeaturesReply Read(ref WireReader reader)
    {
        var datapath = new DatapathId(reader.ReadUInt64("ofp_switch_features.datapath_id"));
        uint buffers = reader.ReadUInt32("ofp_switch_features.n_buffers");
        byte tables = reader.ReadUInt8("ofp_switch_features.n_tables");
        byte auxiliary = reader.ReadUInt8("ofp_switch_features.auxiliary_id");
        reader.Skip(2, "ofp_switch_features.pad");
        var capabilities = (SwitchCapabilities)reader.ReadUInt32("ofp_switch_features.capabilities");
        uint reserved = reader.ReadUInt32("ofp_switch_features.reserved");
        return new FeaturesReply(datapath, buffers, tables, capabilities, reserved, []) { AuxiliaryId = auxiliary };
    }
}
