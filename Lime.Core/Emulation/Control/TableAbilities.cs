using System.Buffers.Binary;
using System.Collections.Immutable;
using Lime.Core.Emulation.Switching;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Core.Emulation.Control;

/// <summary>What the tables of an emulated switch can do, as it is told (1.3.5 section 7.3.5.5).</summary>
internal static class TableAbilities
{
    /// <summary>OFPIT_GOTO_TABLE.</summary>
    private const ushort GoToTable = 1;

    /// <summary>OFPIT_WRITE_METADATA, WRITE_ACTIONS, APPLY_ACTIONS, CLEAR_ACTIONS, METER.</summary>
    private static readonly ushort[] Instructions = [2, 3, 4, 5, 6];

    /// <summary>ofp_action_type: output, time to live copied out and in, set and decremented in MPLS, pushes and
    /// pops of VLAN and MPLS, queue, group, time to live of IP set and decremented, set-field, PBB pushed and
    /// popped.</summary>
    private static readonly ushort[] Actions = [0, 11, 12, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27];

    /// <summary>Fields whose masks 1.3.5 table 12 allows.</summary>
    private static readonly OxmId[] Maskable =
    [
        OxmId.Metadata, OxmId.EthDestination, OxmId.EthSource, OxmId.VlanId, OxmId.Ipv4Source,
        OxmId.Ipv4Destination, OxmId.ArpSenderIpv4, OxmId.ArpTargetIpv4, OxmId.ArpSenderEth, OxmId.ArpTargetEth,
        OxmId.Ipv6Source, OxmId.Ipv6Destination, OxmId.Ipv6FlowLabel, OxmId.PbbServiceId, OxmId.TunnelId,
        OxmId.Ipv6ExtensionHeaders,
    ];

    private static readonly OxmId[] Fields = [.. SettableFields.BitsOf.Keys.Order()];

    private static readonly ImmutableArray<byte> ActionHeaders = Headers(Actions);

    private static readonly ImmutableArray<byte> MatchFields = Oxms(Fields, canMask: true);

    private static readonly ImmutableArray<byte> WildcardFields = Oxms(Fields, canMask: false);

    private static readonly ImmutableArray<byte> SetFields = Oxms(
        Fields.Where(field => !SettableFields.Fixed.Contains(field)), canMask: false);

    /// <summary>A bit per action type.</summary>
    public static uint ActionBits { get; } = Actions.Aggregate(0u, (bits, action) => bits | (1u << action));

    public static IEnumerable<TableFeatures> Of(SwitchDatapath datapath) =>
        Enumerable.Range(0, datapath.TableCount).Select(i => new TableFeatures
        {
            Table = new TableId((byte)i),
            Name = $"emulated{i}",
            MetadataMatch = ulong.MaxValue,
            MetadataWrite = ulong.MaxValue,
            EntriesMax = (uint)datapath.Options.TableCapacity,
            Properties = Properties(i, datapath.TableCount),
        });

    /// <summary>The table-miss rule can do what others can, so that its own lists are left out; only the last table
    /// can't go on.</summary>
    private static ImmutableArray<TableProperty> Properties(int table, int tableCount)
    {
        ImmutableArray<byte> next = [.. Enumerable.Range(table + 1, tableCount - table - 1).Select(i => (byte)i)];
        ushort[] instructions = next.IsEmpty ? Instructions : [GoToTable, .. Instructions];
        return
        [
            new(TablePropertyType.Instructions, Headers(instructions)),
            new(TablePropertyType.NextTables, next),
            new(TablePropertyType.WriteActions, ActionHeaders),
            new(TablePropertyType.ApplyActions, ActionHeaders),
            new(TablePropertyType.Match, MatchFields),
            new(TablePropertyType.Wildcards, WildcardFields),
            new(TablePropertyType.WriteSetField, SetFields),
            new(TablePropertyType.ApplySetField, SetFields),
        ];
    }

    /// <summary>Types with the length of their header alone: type:16 length:16.</summary>
    private static ImmutableArray<byte> Headers(ushort[] types)
    {
        var bytes = new byte[types.Length * 4];
        for (int i = 0; i < types.Length; i++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(i * 4), types[i]);
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan((i * 4) + 2), 4);
        }
        return [.. bytes];
    }

    /// <summary>Headers of fields; one that can have a mask is told with its bit set.</summary>
    private static ImmutableArray<byte> Oxms(IEnumerable<OxmId> fields, bool canMask) =>
    [
        .. fields.SelectMany(id =>
        {
            int bytes = SettableFields.BytesOf(id);
            bool hasMask = canMask && Maskable.Contains(id);
            return OxmField.Of(id, new byte[bytes], hasMask ? new byte[bytes] : []).Bytes[..4].ToArray();
        }),
    ];
}
