using System.Collections.Immutable;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;

namespace Lime.Tests.Reference;

/// <summary>Where a list of actions stands.</summary>
internal sealed record ActionContext(ReferenceState State)
{
    public bool IsPacketOut { get; init; }

    /// <summary>The match of the rule, whose conditions a set-field of 1.3 needs; null: not in a rule.</summary>
    public Match? Match { get; init; }
}

/// <summary>Why a list of actions is refused (1.0.0 section 5.4.4, 1.3.5 sections 5.12 and 7.4.4).</summary>
internal static class ActionCheck
{
    public static IEnumerable<Fault> FaultsOf(ActionContext context, IEnumerable<FlowAction> actions)
    {
        // What packets of the rule are known to be; a push or pop before an action changes that.
        ImmutableArray<FieldTest>? known = context.State.Is10 || context.Match is not { } match
            ? null
            : FieldTests.Of(match);
        foreach (FlowAction action in actions)
        {
            if (CodeOf(context, action) is { } code) yield return new(ErrorType.BadAction, code);
            if (known is not { } tests) continue;
            if (!MayApply(tests, action)) yield return new(ErrorType.BadAction, ErrorCodes.ActionMatchInconsistent);
            known = action.Kind switch
            {
                FlowActionKind.PushVlan => WithTag(tests, PacketFields.VlanPresent),
                FlowActionKind.StripVlan => WithTag(tests, 0),
                _ => known,
            };
        }
    }

    private static ushort? CodeOf(ActionContext context, in FlowAction action) => action.Kind switch
    {
        FlowActionKind.Output => IsOutput(context, action.Port) ? null : ErrorCodes.ActionBadOutPort,
        FlowActionKind.Enqueue => action.Port.IsPhysical ? null : ErrorCodes.ActionBadOutPort,
        FlowActionKind.Group => context.State.Groups.ContainsKey((uint)action.Value)
            ? null
            : ErrorCodes.ActionBadOutGroup,
        FlowActionKind.SetVlanId => action.Value <= 0xfff ? null : ErrorCodes.ActionBadArgument,
        FlowActionKind.SetVlanPriority => action.Value <= 7 ? null : ErrorCodes.ActionBadArgument,
        FlowActionKind.SetIpTos => (action.Value & 3) == 0 ? null : ErrorCodes.ActionBadArgument,
        FlowActionKind.PushVlan => action.Value is ReferencePacket.Vlan or ReferencePacket.ServiceVlan
            ? null
            : ErrorCodes.ActionBadTag,
        FlowActionKind.SetField => SetFieldFault(OxmField.FromBytes(action.Bytes)),
        // Optional actions that this switch does not have (1.3.5 section 5.12).
        FlowActionKind.PushMpls or FlowActionKind.PopMpls or FlowActionKind.PushPbb or FlowActionKind.PopPbb
            or FlowActionKind.SetMplsTtl or FlowActionKind.DecrementMplsTtl or FlowActionKind.CopyTtlIn
            or FlowActionKind.CopyTtlOut => ErrorCodes.ActionBadType,
        FlowActionKind.Opaque => action.Bytes.StartsWith((ReadOnlySpan<byte>)[0xff, 0xff])
            ? ErrorCodes.ActionBadExperimenter
            : ErrorCodes.ActionBadType,
        _ => null,
    };

    /// <summary>Any number that a port may come to have, and the reserved ones that are outputs; TABLE in packet-outs only
    /// (1.0.0 section 5.2.1, 1.3.5 section 4.5). NORMAL is optional and this switch has none.</summary>
    private static bool IsOutput(ActionContext context, PortNumber port) => port.IsPhysical
        || port == PortNumber.InPort || port == PortNumber.All || port == PortNumber.Flood
        || port == PortNumber.Controller || port == PortNumber.Local
        || (port == PortNumber.Table && context.IsPacketOut);

    /// <summary>1.3.5 section 7.2.5.7; fields of the pipeline cannot be set, types of headers are not.</summary>
    private static ushort? SetFieldFault(OxmField field)
    {
        if (field.Id is not { } id || Needs(id) is null) return ErrorCodes.ActionBadSetType;
        UInt128 value = FieldTests.Number(field.Value);
        bool isValue = id switch
        {
            OxmId.VlanId => value >= PacketFields.VlanPresent && value <= 0x1fff,
            OxmId.VlanPriority => value <= 7,
            OxmId.IpEcn => value <= 3,
            OxmId.Ipv6FlowLabel => value <= 0xfffff,
            _ => true,
        };
        return isValue ? null : ErrorCodes.ActionBadSetArgument;
    }

    /// <summary>Whether the rule's packets surely have what an action changes (1.3.5 section 7.2.5.7: the match must
    /// contain the prerequisites of the field).</summary>
    private static bool MayApply(ImmutableArray<FieldTest> known, in FlowAction action)
    {
        OxmId? field = action.Kind switch
        {
            FlowActionKind.StripVlan => OxmId.VlanId,
            FlowActionKind.SetIpv4Source => OxmId.Ipv4Source,
            FlowActionKind.SetIpv4Destination => OxmId.Ipv4Destination,
            FlowActionKind.SetIpTos or FlowActionKind.SetIpTtl or FlowActionKind.DecrementIpTtl => OxmId.IpDscp,
            FlowActionKind.SetField => OxmField.FromBytes(action.Bytes).Id,
            _ => null,
        };
        if (field is not { } id || Needs(id) is not { } needs) return true;
        bool hasType = needs.Types.Length == 0 || needs.Types.Any(type => Says(known, OxmId.EthType, type));
        bool hasProtocol = needs.Protocol < 0 || Says(known, OxmId.IpProtocol, needs.Protocol);
        bool hasTag = !needs.Tag || known.Any(test => test.Field == OxmId.VlanId
            && (test.Value & test.Mask & PacketFields.VlanPresent) != 0);
        return hasType && hasProtocol && hasTag;
    }

    private static bool Says(ImmutableArray<FieldTest> known, OxmId field, int value) =>
        known.Any(test => test.Field == field && test.Value == (UInt128)value);

    /// <summary>What a field that can be set stands on (1.3.5 table 12); null: it can't be set.</summary>
    private static (int[] Types, int Protocol, bool Tag)? Needs(OxmId field)
    {
        const int V4 = ReferencePacket.Ipv4, V6 = ReferencePacket.Ipv6;
        return field switch
        {
            OxmId.EthDestination or OxmId.EthSource => ([], -1, false),
            OxmId.VlanId or OxmId.VlanPriority => ([], -1, true),
            OxmId.IpDscp or OxmId.IpEcn => ([V4, V6], -1, false),
            OxmId.Ipv4Source or OxmId.Ipv4Destination => ([V4], -1, false),
            OxmId.Ipv6Source or OxmId.Ipv6Destination or OxmId.Ipv6FlowLabel => ([V6], -1, false),
            OxmId.TcpSource or OxmId.TcpDestination => ([V4, V6], 6, false),
            OxmId.UdpSource or OxmId.UdpDestination => ([V4, V6], 17, false),
            OxmId.Icmpv4Type or OxmId.Icmpv4Code => ([V4], 1, false),
            OxmId.Icmpv6Type or OxmId.Icmpv6Code => ([V6], 58, false),
            OxmId.ArpOpcode or OxmId.ArpSenderIpv4 or OxmId.ArpTargetIpv4 or OxmId.ArpSenderEth
                or OxmId.ArpTargetEth => ([ReferencePacket.Arp], -1, false),
            _ => null,
        };
    }

    private static ImmutableArray<FieldTest> WithTag(ImmutableArray<FieldTest> known, ushort tag) =>
        [.. known.Where(test => test.Field is not (OxmId.VlanId or OxmId.VlanPriority)),
         new(OxmId.VlanId, tag, PacketFields.VlanPresent)];
}
