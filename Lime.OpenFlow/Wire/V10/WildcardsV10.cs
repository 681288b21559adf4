using System.Numerics;
using Lime.OpenFlow.Matching;

namespace Lime.OpenFlow.Wire.V10;

/// <summary>The fields that a match leaves out (ofp_flow_wildcards, OpenFlow 1.0.0 section 5.2.3) and
/// our masks.</summary>
/// <remarks>A bit set: the field is left out. For the two IPv4 addresses six bits each count the lower
/// address bits
/// that are left out; 32 and more: all of them.</remarks>
internal static class WildcardsV10
{
    public const uint InPort = 1 << 0;
    public const uint VlanId = 1 << 1;
    private const uint EthSource = 1 << 2;
    private const uint EthDestination = 1 << 3;
    private const uint EthType = 1 << 4;
    private const uint IpProtocol = 1 << 5;
    private const uint TransportSource = 1 << 6;
    private const uint TransportDestination = 1 << 7;
    private const int Ipv4SourceShift = 8;
    private const int Ipv4DestinationShift = 14;
    private const uint VlanPriority = 1 << 20;
    private const uint IpTos = 1 << 21;

    /// <summary>Six bits count left-out address bits.</summary>
    private const uint AddressCountMask = 0x3f;

    /// <summary>What stands for <paramref name="mask"/>, in canonical form (32 for a whole
    /// address).</summary>
    /// <exception cref="UnsupportedByVersionException">A field is masked in part, or an address not by a
    /// prefix.</exception>
    public static uint Of(in PacketFields mask) =>
        IsAllButVlanPriority(mask) && (byte)(mask.W1 >> 8) is var priority and (0 or byte.MaxValue)
            ? priority == 0 ? VlanPriority : 0
            : OfAny(mask);

    /// <summary>Whether every field is matched in full, that of tagged packets only aside: what a reactive app matches
    /// on, in most packets.</summary>
    private static bool IsAllButVlanPriority(in PacketFields mask) => mask.W0 == ulong.MaxValue
        && (mask.W1 | 0xff00) == ulong.MaxValue && mask.W2 == FieldMasks.All.W2 && mask.W3 == ulong.MaxValue
        && mask.W4 == FieldMasks.All.W4;

    private static uint OfAny(in PacketFields mask)
    {
        if (mask.Without(FieldMasks.All) != default) throw LimitsV10.Unsupported("Match.Mask");
        return Bit(mask.InPort.Value, uint.MaxValue, InPort, "Match.InPort")
            | Bit(mask.VlanId, ushort.MaxValue, VlanId, "Match.VlanId")
            | Bit(mask.EthSource.Value, 0xffff_ffff_ffff, EthSource, "Match.EthSource")
            | Bit(mask.EthDestination.Value, 0xffff_ffff_ffff, EthDestination, "Match.EthDestination")
            | Bit(mask.EthType, ushort.MaxValue, EthType, "Match.EthType")
            | Bit(mask.IpProtocol, byte.MaxValue, IpProtocol, "Match.IpProtocol")
            | Bit(mask.TransportSource, ushort.MaxValue, TransportSource, "Match.TransportSource")
            | Bit(mask.TransportDestination, ushort.MaxValue, TransportDestination,
                "Match.TransportDestination")
            | (AddressBits(mask.Ipv4Source.Value, "Match.Ipv4Source") << Ipv4SourceShift)
            | (AddressBits(mask.Ipv4Destination.Value, "Match.Ipv4Destination") << Ipv4DestinationShift)
            | Bit(mask.VlanPriority, byte.MaxValue, VlanPriority, "Match.VlanPriority")
            | Bit(mask.IpTos, 0xfc, IpTos, "Match.IpTos");
    }

    /// <summary>The mask that <paramref name="wildcards"/> stands for; bits that 1.0 does not define are
    /// ignored.</summary>
    public static PacketFields MaskOf(uint wildcards)
    {
        ulong source = AddressMask(wildcards >> Ipv4SourceShift);
        ulong destination = AddressMask(wildcards >> Ipv4DestinationShift);
        ulong w0 = Field(wildcards, InPort, FieldMasks.InPort.W0)
            | Field(wildcards, EthType, FieldMasks.EthType.W0)
            | Field(wildcards, VlanId, FieldMasks.VlanId.W0);
        ulong w1 = Field(wildcards, EthSource, FieldMasks.EthSource.W1)
            | Field(wildcards, VlanPriority, FieldMasks.VlanPriority.W1)
            | Field(wildcards, IpProtocol, FieldMasks.IpProtocol.W1);
        ulong w2 = Field(wildcards, EthDestination, FieldMasks.EthDestination.W2)
            | Field(wildcards, IpTos, FieldMasks.IpTos.W2);
        ulong w4 = Field(wildcards, TransportSource, FieldMasks.TransportSource.W4)
            | Field(wildcards, TransportDestination, FieldMasks.TransportDestination.W4);
        return new PacketFields(w0, w1, w2, (source << 32) | destination, w4);
    }

    private static uint Bit(ulong mask, ulong whole, uint wildcard, string field)
    {
        if (mask == 0) return wildcard;
        return mask == whole ? 0u : throw LimitsV10.Unsupported(field);
    }

    private static ulong Field(uint wildcards, uint wildcard, ulong whole) =>
        (wildcards & wildcard) == 0 ? whole : 0;

    private static uint AddressBits(uint mask, string field)
    {
        uint leftOut = ~mask;
        bool isPrefix = (leftOut & (leftOut + 1)) == 0;
        return isPrefix ? (uint)BitOperations.PopCount(leftOut) : throw LimitsV10.Unsupported(field);
    }

    private static ulong AddressMask(uint wildcards)
    {
        int leftOutBits = (int)(wildcards & AddressCountMask);
        return leftOutBits >= 32 ? 0u : uint.MaxValue << leftOutBits;
    }
}
