using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Lime.Apps.Sample.Decoding.Forms;

/// <summary>What the properties of a queue say, for people (1.3.5 section 7.2.2).</summary>
internal static class QueuePropertyNote
{
    private const int HeaderBytes = 8;
    private const int RateBytes = 16;

    /// <summary>The highest rate, in tenths of a percent; a rate above it is disabled.</summary>
    private const int RateMax = 1000;

    /// <summary>One text a property, of properties that the codec has let pass.</summary>
    public static JsonArray Of(ReadOnlySpan<byte> properties)
    {
        var found = new JsonArray();
        while (properties.Length >= HeaderBytes)
        {
            int length = BinaryPrimitives.ReadUInt16BigEndian(properties[2..]);
            length = Math.Clamp(length, HeaderBytes, properties.Length);
            found.Add((JsonNode)Text(properties[..length]));
            properties = properties[length..];
        }
        return found;
    }

    private static string Text(ReadOnlySpan<byte> property)
    {
        ushort type = BinaryPrimitives.ReadUInt16BigEndian(property);
        string name = type switch
        {
            0 => "none",
            1 => "min_rate",
            2 => "max_rate",
            0xffff => "experimenter",
            _ => $"property 0x{type:x4}",
        };
        return type is 1 or 2 && property.Length >= RateBytes ? $"{name}={Rate(property[HeaderBytes..])}" : name;
    }

    private static string Rate(ReadOnlySpan<byte> bytes)
    {
        ushort rate = BinaryPrimitives.ReadUInt16BigEndian(bytes);
        return rate <= RateMax ? (rate / 10.0).ToString("0.0", CultureInfo.InvariantCulture) + "%" : "disabled";
    }
}
