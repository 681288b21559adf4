using Lime.OpenFlow.Messages;

namespace Lime.OpenFlow.Wire;

/// <summary>A switch's configuration, reported or set (ofp_switch_config, OpenFlow 1.0.0 section
/// 5.3.2, 1.3.5 section 7.3.2).</summary>
/// <remarks><code>
///  8  flags:16   miss_send_len:16
/// </code></remarks>
internal static class ConfigBody
{
    public const int SizeBytes = 12;

    public static void Write(ref WireWriter writer, ushort flags, ushort missSendBytes)
    {
        writer.WriteUInt16(flags);
        writer.WriteUInt16(missSendBytes);
    }

    public static GetConfigReply ReadReply(ref WireReader reader) => new(
        reader.ReadUInt16("ofp_switch_config.flags"),
        reader.ReadUInt16("ofp_switch_config.miss_send_len"));

    public static SetConfig ReadSet(ref WireReader reader) => new(
        reader.ReadUInt16("ofp_switch_config.flags"),
        reader.ReadUInt16("ofp_switch_config.miss_send_len"));
}
