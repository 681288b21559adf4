using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.OpenFlow.Wire.V13;

/// <summary>Table-mods (ofp_table_mod, OpenFlow 1.3.5 section 7.3.3).</summary>
/// <remarks><code>
///  8  table_id:8   pad:24
/// 12  config:32
/// </code></remarks>
internal static class TableModV13
{
    public const int SizeBytes = 16;

    public static void Write(ref WireWriter writer, TableMod message)
    {
        writer.WriteUInt8(message.Table.Value);
        writer.WriteZeros(3);
        writer.WriteUInt32(message.Config);
    }

    public static TableMod Read(ref WireReader reader)
    {
        var table = new TableId(reader.ReadUInt8("ofp_table_mod.table_id"));
        reader.Skip(3, "ofp_table_mod.pad");
        return new TableMod(table, reader.ReadUInt32("ofp_table_mod.config"));
    }
}
