using System.Buffers.Binary;

namespace Lime.OpenFlow.Wire;

/// <summary>Where one property of a queue ends and the next begins (ofp_queue_prop_header; OpenFlow 1.0.0 section
/// 5.2.2,
/// 1.3.5 section 7.2.2). Their bytes are kept.</summary>
/// <remarks><code>
/// 0  property:16   len:16 (of the whole property)   pad:32
/// 8  rate:16       pad:48     of a minimum (1) or maximum (2) rate
/// </code></remarks>
internal static class QueueProperties
{
    private const int HeaderBytes = 8;
    private const int RateBytes = 16;
    private const ushort MinimumRate = 1;
    private const ushort MaximumRate = 2;

    /// <exception cref="OpenFlowProtocolException">A property's length doesn't fit the list or its type.</exception>
    public static void Check(WireReader properties)
    {
        while (properties.HasMore())
        {
            int start = properties.Offset;
            WireReader one = properties.ReadEntry(HeaderBytes, "ofp_queue_prop_header", WireFault.Request, lengthAt: 2);
            int bytes = one.RemainingBytes;
            ushort type = one.ReadUInt16("ofp_queue_prop_header.property");
            if (!Fits(type, bytes))
                throw WireReader.BadLength(
                    $"ofp_queue_prop_header.len at byte {start + 2} is {bytes}; a rate has {RateBytes} bytes.");
        }
    }

    /// <summary>The same of bytes that are to be written.</summary>
    public static bool AreFramed(ReadOnlySpan<byte> properties)
    {
        while (!properties.IsEmpty)
        {
            if (properties.Length < HeaderBytes) return false;
            int bytes = BinaryPrimitives.ReadUInt16BigEndian(properties[2..]);
            bool fits = bytes >= HeaderBytes && bytes <= properties.Length
                && Fits(BinaryPrimitives.ReadUInt16BigEndian(properties), bytes);
            if (!fits) return false;
            properties = properties[bytes..];
        }
        return true;
    }

    private static bool Fits(ushort type, int bytes) =>
        type is not (MinimumRate or MaximumRate) || bytes == RateBytes;
}
