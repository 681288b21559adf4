using System.Buffers.Binary;
using System.Text.Json.Nodes;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Apps.Sample.Decoding.Forms;

/// <summary>What a property of table features names, for people (1.3.5 section 7.3.5.5.2).</summary>
internal static class TablePropertyNote
{
    private const int HeaderBytes = 4;
    private const int ExperimenterBytes = 8;

    private static readonly string[] Instructions =
        ["", "goto_table", "write_metadata", "write_actions", "apply_actions", "clear_actions", "meter"];

    /// <summary>By the number of 1.3 (ofp_action_type).</summary>
    private static readonly string[] Actions =
    [
        "output", "", "", "", "", "", "", "", "", "", "", "copy_ttl_out", "copy_ttl_in", "", "", "set_mpls_ttl",
        "dec_mpls_ttl", "push_vlan", "pop_vlan", "push_mpls", "pop_mpls", "set_queue", "group", "set_nw_ttl",
        "dec_nw_ttl", "set_field", "push_pbb", "pop_pbb",
    ];

    /// <summary>Names of instructions, tables, actions or match fields; null where the type isn't known.</summary>
    public static JsonArray? Of(TablePropertyType type, ReadOnlySpan<byte> bytes) => type switch
    {
        TablePropertyType.Instructions or TablePropertyType.InstructionsMiss => Types(bytes, Instructions),
        TablePropertyType.NextTables or TablePropertyType.NextTablesMiss => Tables(bytes),
        <= TablePropertyType.ApplyActionsMiss => Types(bytes, Actions),
        TablePropertyType.Experimenter or TablePropertyType.ExperimenterMiss => null,
        <= TablePropertyType.ApplySetFieldMiss => Fields(bytes),
        _ => null,
    };

    private static JsonArray Types(ReadOnlySpan<byte> bytes, string[] names)
    {
        var found = new JsonArray();
        while (bytes.Length >= HeaderBytes)
        {
            ushort type = BinaryPrimitives.ReadUInt16BigEndian(bytes);
            int length = Math.Max(HeaderBytes, (int)BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]));
            bool isNamed = type < names.Length && names[type].Length > 0;
            found.Add((JsonNode)(isNamed ? names[type] : $"type 0x{type:x4}"));
            bytes = bytes[Math.Min(length, bytes.Length)..];
        }
        return found;
    }

    private static JsonArray Tables(ReadOnlySpan<byte> bytes)
    {
        var found = new JsonArray();
        foreach (byte table in bytes) found.Add((JsonNode)table);
        return found;
    }

    /// <summary>Headers only, whose length field tells a value that isn't there.</summary>
    private static JsonArray Fields(ReadOnlySpan<byte> bytes)
    {
        var found = new JsonArray();
        while (bytes.Length >= HeaderBytes)
        {
            string mask = (bytes[2] & 1) != 0 ? "/mask" : "";
            found.Add((JsonNode)(OxmNames.OfHeader(bytes) + mask));
            bool isExperimenter = BinaryPrimitives.ReadUInt16BigEndian(bytes) == OxmField.ExperimenterClass;
            bytes = bytes[Math.Min(isExperimenter ? ExperimenterBytes : HeaderBytes, bytes.Length)..];
        }
        return found;
    }
}
