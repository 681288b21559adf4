using System.Collections.Immutable;
using Lime.OpenFlow.Matching;

namespace Lime.Tests.Reference;

/// <summary>A condition on one field: its bits under the mask are those of the value.</summary>
internal readonly record struct FieldTest(OxmId Field, UInt128 Value, UInt128 Mask);

/// <summary>Matches as lists of conditions (1.0.0 section 3.4, 1.3.5 section 7.2.3).</summary>
internal static class FieldTests
{
    private const ushort Ipv4 = 0x0800;
    private const ushort Arp = 0x0806;
    private const ushort Ipv6 = 0x86dd;

    /// <summary>The conditions of a match, sorted by field; those without their prerequisite are left out (1.0.1 section
    /// 3.4; 1.3's codec refuses them).</summary>
    public static ImmutableArray<FieldTest> Of(in Match match)
    {
        PacketFields value = match.Values, mask = match.Mask;
        List<FieldTest> tests = [];
        void Add(OxmId field, UInt128 bits, UInt128 maskBits)
        {
            if (maskBits != 0) tests.Add(new(field, bits & maskBits, maskBits));
        }

        Add(OxmId.InPort, value.W0 >> 32, mask.W0 >> 32);
        Add(OxmId.EthType, value.EthType, mask.EthType);
        Add(OxmId.EthSource, value.EthSource.Value, mask.EthSource.Value);
        Add(OxmId.EthDestination, value.EthDestination.Value, mask.EthDestination.Value);
        bool isUntagged = mask.VlanId != 0 && value.VlanId == 0;
        // A priority asks for a tag, whatever its id (1.3.5 table 12, prerequisite VLAN_VID != NONE).
        bool asksForTag = mask.VlanPriority != 0 && mask.VlanId == 0;
        Add(OxmId.VlanId, asksForTag ? PacketFields.VlanPresent : value.VlanId,
            asksForTag ? PacketFields.VlanPresent : (ushort)(mask.VlanId & 0x1fff));
        if (!isUntagged) Add(OxmId.VlanPriority, value.VlanPriority, mask.VlanPriority);
        AddNetwork(match, Add);
        foreach (OxmField field in match.Further)
        {
            if (field.Id is { } id)
                Add(id, Number(field.Value), field.HasMask ? Number(field.Mask) : Whole(field.Value.Length));
        }
        return [.. tests.OrderBy(test => test.Field)];
    }

    private static void AddNetwork(in Match match, Action<OxmId, UInt128, UInt128> add)
    {
        PacketFields value = match.Values, mask = match.Mask;
        ushort type = mask.EthType == ushort.MaxValue ? value.EthType : (ushort)0;
        if (type is Ipv4 or Arp)
        {
            add(type == Arp ? OxmId.ArpSenderIpv4 : OxmId.Ipv4Source, value.Ipv4Source.Value, mask.Ipv4Source.Value);
            add(type == Arp ? OxmId.ArpTargetIpv4 : OxmId.Ipv4Destination, value.Ipv4Destination.Value,
                mask.Ipv4Destination.Value);
        }
        if (type == Arp) add(OxmId.ArpOpcode, value.IpProtocol, mask.IpProtocol);
        if (type is not (Ipv4 or Ipv6)) return;
        add(OxmId.IpProtocol, value.IpProtocol, mask.IpProtocol);
        add(OxmId.IpDscp, (byte)(value.IpTos >> 2), (byte)(mask.IpTos >> 2));
        add(OxmId.IpEcn, value.IpEcn, mask.IpEcn);
        if (mask.IpProtocol == 0 || TransportFields(value.IpProtocol, type == Ipv6) is not { } ports) return;
        add(ports.Source, value.TransportSource, mask.TransportSource);
        add(ports.Destination, value.TransportDestination, mask.TransportDestination);
    }

    /// <summary>What the two transport fields of the model are for a protocol.</summary>
    public static (OxmId Source, OxmId Destination)? TransportFields(int protocol, bool isIpv6) => protocol switch
    {
        6 => (OxmId.TcpSource, OxmId.TcpDestination),
        17 => (OxmId.UdpSource, OxmId.UdpDestination),
        132 => (OxmId.SctpSource, OxmId.SctpDestination),
        1 when !isIpv6 => (OxmId.Icmpv4Type, OxmId.Icmpv4Code),
        58 when isIpv6 => (OxmId.Icmpv6Type, OxmId.Icmpv6Code),
        _ => null,
    };

    /// <summary>Whether a packet with these fields passes all conditions; a field that it lacks fails.</summary>
    public static bool Pass(this ImmutableArray<FieldTest> tests, IReadOnlyDictionary<OxmId, UInt128> fields) =>
        tests.All(test => fields.TryGetValue(test.Field, out UInt128 value) && (value & test.Mask) == test.Value);

    /// <summary>Whether all that <paramref name="other"/> admits is admitted by these (non-strict commands, 1.0.0
    /// section 4.6, 1.3.5 section 6.4).</summary>
    public static bool Cover(this ImmutableArray<FieldTest> tests, ImmutableArray<FieldTest> other) =>
        tests.All(test => other.Any(theirs => theirs.Field == test.Field
            && (theirs.Mask & test.Mask) == test.Mask && (theirs.Value & test.Mask) == test.Value));

    /// <summary>Whether one packet can pass both.</summary>
    public static bool Overlap(this ImmutableArray<FieldTest> tests, ImmutableArray<FieldTest> other) =>
        tests.All(test => other.All(theirs => theirs.Field != test.Field
            || ((theirs.Value ^ test.Value) & theirs.Mask & test.Mask) == 0));

    /// <summary>Whether every one of the twelve fields of 1.0 is matched wholly.</summary>
    public static bool IsExact10(in Match match)
    {
        PacketFields mask = match.Mask;
        return (mask.W0, mask.W1, mask.W3) == (ulong.MaxValue, ulong.MaxValue, ulong.MaxValue)
            && mask.EthDestination.Value == 0xffff_ffff_ffff && mask.IpTos == 0xfc
            && (mask.TransportSource & mask.TransportDestination) == ushort.MaxValue;
    }

    public static UInt128 Number(ReadOnlySpan<byte> bytes)
    {
        UInt128 number = 0;
        foreach (byte each in bytes) number = (number << 8) | each;
        return number;
    }

    private static UInt128 Whole(int bytes) => bytes >= 16 ? UInt128.MaxValue : (UInt128.One << (8 * bytes)) - 1;
}
