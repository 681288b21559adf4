using System.Buffers.Binary;
using System.Collections.Immutable;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.OpenFlow.Wire.V13.Multipart;

/// <summary>A table's properties, back to back (ofp_table_feature_prop_header, OpenFlow 1.3.5 section
/// 7.3.5.5.2).</summary>
/// <remarks><code>
/// every one                     0  type:16   length:16 (of all but the padding)
/// instructions, actions         4  of each: type:16   len:16   (type 0xffff: experimenter:32)
/// next tables                   4  of each: table_id:8
/// match, wildcards, set-field   4  of each: oxm_class:16   oxm_field:7  oxm_hasmask:1   oxm_length:8   (class 0xffff:
///                                           experimenter:32)
/// experimenter                  4  experimenter:32   exp_type:32   any bytes
/// any other                     4  any bytes
///                                  padding to a multiple of 8
/// </code></remarks>
internal static class TablePropertiesV13
{
    private const int HeaderBytes = 4;
    private const int EntryBytesMin = 4;
    private const int ExperimenterBytes = 8;

    public static long SizeOf(ImmutableArray<TableProperty> properties)
    {
        long bytes = 0;
        foreach (TableProperty property in properties.AsSpan()) bytes += MatchV13.Padded(LengthOf(property));
        return bytes;
    }

    /// <summary>Checks that the entries of every property fill it.</summary>
    /// <exception cref="ArgumentException">They don't.</exception>
    public static void Check(ImmutableArray<TableProperty> properties)
    {
        foreach (TableProperty property in properties.AsSpan())
        {
            if (!IsWhole(property.Type, property.Bytes.AsSpan()))
                throw new ArgumentException($"The entries of {property.Type} don't fill its bytes.");
        }
    }

    public static void Write(ref WireWriter writer, ImmutableArray<TableProperty> properties)
    {
        foreach (TableProperty property in properties.AsSpan())
        {
            int length = LengthOf(property);
            writer.WriteUInt16((ushort)property.Type);
            writer.WriteUInt16((ushort)length);
            writer.WriteBytes(property.Bytes.AsSpan());
            writer.WriteZeros(MatchV13.Padded(length) - length);
        }
    }

    /// <summary>Reads properties up to the end of <paramref name="reader"/>.</summary>
    public static ImmutableArray<TableProperty> Read(ref WireReader reader, WireFault fault)
    {
        ImmutableArray<TableProperty>.Builder properties = ImmutableArray.CreateBuilder<TableProperty>();
        while (reader.HasMore()) properties.Add(ReadProperty(ref reader, fault));
        return properties.DrainToImmutable();
    }

    private static TableProperty ReadProperty(ref WireReader reader, WireFault fault)
    {
        int offset = reader.Offset;
        WireReader property = reader.ReadEntry(HeaderBytes, "ofp_table_feature_prop", fault, lengthAt: 2);
        int length = property.RemainingBytes;
        var type = (TablePropertyType)property.ReadUInt16("ofp_table_feature_prop.type");
        property.Skip(2, "ofp_table_feature_prop.length");
        ReadOnlySpan<byte> bytes = property.ReadRest();
        int padding = MatchV13.Padded(length) - length;
        if (padding > reader.RemainingBytes || !IsWhole(type, bytes))
            throw fault.Exception($"ofp_table_feature_prop at byte {offset} has entries or padding that don't fit it.");
        reader.Skip(padding, "ofp_table_feature_prop.pad");
        return new TableProperty(type, ImmutableArray.Create(bytes));
    }

    private static bool IsWhole(TablePropertyType type, ReadOnlySpan<byte> bytes) => type switch
    {
        <= TablePropertyType.InstructionsMiss
            or (>= TablePropertyType.WriteActions and <= TablePropertyType.ApplyActionsMiss) => AreHeaders(bytes),
        TablePropertyType.Match or TablePropertyType.Wildcards
            or (>= TablePropertyType.WriteSetField and <= TablePropertyType.ApplySetFieldMiss) => AreFields(bytes),
        >= TablePropertyType.Experimenter => bytes.Length >= ExperimenterBytes,
        _ => true,
    };

    /// <summary>Whether they are instructions or actions that each are as long as they say.</summary>
    private static bool AreHeaders(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            ReaderSteps.Add();
            if (bytes.Length < EntryBytesMin) return false;
            int length = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
            if (length < EntryBytesMin || length > bytes.Length) return false;
            bytes = bytes[length..];
        }
        return true;
    }

    private static bool AreFields(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            ReaderSteps.Add();
            if (bytes.Length < EntryBytesMin) return false;
            bool isLong = BinaryPrimitives.ReadUInt16BigEndian(bytes) == OxmField.ExperimenterClass;
            int length = isLong ? EntryBytesMin + 4 : EntryBytesMin;
            if (length > bytes.Length) return false;
            bytes = bytes[length..];
        }
        return true;
    }

    private static int LengthOf(TableProperty property) =>
        WireLimits.FrameBytes((long)HeaderBytes + property.Bytes.AsSpan().Length);
}
