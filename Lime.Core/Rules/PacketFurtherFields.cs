using System.Buffers.Binary;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;

namespace Lime.Core.Rules;

/// <summary>A packet's match fields beyond <see cref="PacketFields"/>, as far as Lime reads them.</summary>
internal static class PacketFurtherFields
{
    private const int Ipv6HeaderBytes = 40;

    /// <summary>Whether Lime can tell what a packet has there.</summary>
    public static bool CanRead(OxmField field) => field.Id is OxmId.Metadata or OxmId.TunnelId
        or OxmId.Ipv6Source or OxmId.Ipv6Destination or OxmId.Ipv6FlowLabel
        or OxmId.ArpSenderEth or OxmId.ArpTargetEth;

    /// <summary>Whether a packet's layers are those that <see cref="PacketParser"/> looks into as a switch does: at
    /// most one 802.1Q tag, and neither MPLS nor PBB.</summary>
    public static bool CanRead(in PacketFields fields) =>
        fields.EthType is not (0x8100 or 0x88a8 or 0x9100 or 0x8847 or 0x8848 or 0x88e7);

    /// <summary>The fields of a packet that has come as far as a table.</summary>
    /// <param name="fields">Its usual fields.</param>
    /// <param name="frame">Its bytes.</param>
    /// <param name="metadata">What tables have written.</param>
    /// <param name="tunnelId">What its port gave it.</param>
    public static FurtherFields Parse(in PacketFields fields, ReadOnlySpan<byte> frame, ulong metadata, ulong tunnelId)
    {
        Span<OxmField> found = new OxmField[5];
        int count = 0;
        found[count++] = Of(OxmId.Metadata, metadata);
        found[count++] = Of(OxmId.TunnelId, tunnelId);
        ReadOnlySpan<byte> rest = frame.Length < 18 ? default : frame[(fields.VlanId != 0 ? 18 : 14)..];
        if (fields.EthType == 0x86dd && rest.Length >= Ipv6HeaderBytes)
        {
            Span<byte> label = stackalloc byte[4];
            BinaryPrimitives.WriteUInt32BigEndian(label, BinaryPrimitives.ReadUInt32BigEndian(rest) & 0xf_ffff);
            found[count++] = OxmField.Of(OxmId.Ipv6FlowLabel, label);
            found[count++] = OxmField.Of(OxmId.Ipv6Source, rest.Slice(8, 16));
            found[count++] = OxmField.Of(OxmId.Ipv6Destination, rest.Slice(24, 16));
        }
        else if (fields.EthType == 0x0806 && rest.Length >= 28)
        {
            found[count++] = OxmField.Of(OxmId.ArpSenderEth, rest.Slice(8, 6));
            found[count++] = OxmField.Of(OxmId.ArpTargetEth, rest.Slice(18, 6));
        }
        return FurtherFields.Of(found[..count]);
    }

    /// <summary>The match fields of a packet-in for apps: the port, and what is not zero of metadata and tunnel (1.3.5
    /// section 7.4.1).</summary>
    public static byte[] Write(PortNumber inPort, ulong metadata, ulong tunnelId)
    {
        Span<byte> port = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(port, inPort.Value);
        var bytes = new List<byte>(32);
        bytes.AddRange(OxmField.Of(OxmId.InPort, port).Bytes);
        if (metadata != 0) bytes.AddRange(Of(OxmId.Metadata, metadata).Bytes);
        if (tunnelId != 0) bytes.AddRange(Of(OxmId.TunnelId, tunnelId).Bytes);
        return [.. bytes];
    }

    /// <summary>The value of a field of up to 64 bits.</summary>
    public static ulong ReadNumber(OxmField field)
    {
        ulong number = 0;
        foreach (byte each in field.Value) number = (number << 8) | each;
        return number;
    }

    private static OxmField Of(OxmId id, ulong value)
    {
        Span<byte> number = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(number, value);
        return OxmField.Of(id, number);
    }
}
