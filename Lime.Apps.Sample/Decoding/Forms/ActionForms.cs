using System.Collections.Immutable;
using Lime.Apps.Sample.Decoding.Numbers;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;

namespace Lime.Apps.Sample.Decoding.Forms;

/// <summary>Actions, and instructions beside the apply-actions.</summary>
internal static class ActionForms
{
    /// <summary>A list of actions.</summary>
    public static ActionList Actions(this Fields fields, string name, ActionList? actions)
    {
        ImmutableArray<FlowAction>? items = actions is null ? null : [.. actions.AsSpan()];
        return ActionList.Of(fields.List(name, items, Action).AsSpan());
    }

    public static FlowInstructions Instructions(Fields fields, FlowInstructions? value) => new()
    {
        Meter = fields.Has("meter", value?.Meter is not null) ? fields.Meter("meter", value?.Meter) : null,
        ClearsActions = fields.Flag("clear_actions", value?.ClearsActions),
        WriteActions = fields.Has("write_actions", value?.WriteActions is not null)
            ? fields.Actions("write_actions", value?.WriteActions)
            : null,
        Metadata = fields.Hex64("metadata", value?.Metadata, 0),
        MetadataMask = fields.Hex64("metadata_mask", value?.MetadataMask, 0),
        GoToTable = fields.Has("goto_table", value?.GoToTable is not null)
            ? fields.Table("goto_table", value?.GoToTable)
            : null,
        Opaque = fields.List("opaque", value?.Opaque, (each, bytes) => each.Bytes("bytes", bytes), isOptional: true),
    };

    /// <summary>Instructions as a field that is left out where there are none.</summary>
    public static FlowInstructions Instructions(this Fields fields, string name, FlowInstructions? value) =>
        fields.Has(name, value is { IsNone: false })
            ? fields.Object<FlowInstructions>(name, value, Instructions)
            : FlowInstructions.None;

    private static FlowAction Action(Fields fields, FlowAction action)
    {
        var kind = (FlowActionKind)fields.Number("type", (ulong)action.Kind, FieldNames.ActionKind);
        return kind switch
        {
            FlowActionKind.Output => Output(fields, action),
            FlowActionKind.Enqueue => FlowAction.Enqueue(
                fields.Port("port", action.Port), fields.Queue("queue", new((uint)action.Value))),
            FlowActionKind.StripVlan => FlowAction.StripVlan(),
            FlowActionKind.PopPbb => FlowAction.PopPbb(),
            FlowActionKind.DecrementMplsTtl => FlowAction.DecrementMplsTtl(),
            FlowActionKind.DecrementIpTtl => FlowAction.DecrementIpTtl(),
            FlowActionKind.CopyTtlOut => FlowAction.CopyTtlOut(),
            FlowActionKind.CopyTtlIn => FlowAction.CopyTtlIn(),
            FlowActionKind.SetQueue => FlowAction.SetQueue(fields.Queue("queue", new((uint)action.Value))),
            FlowActionKind.Group => FlowAction.Group(fields.Group("group", new GroupId((uint)action.Value))),
            FlowActionKind.SetField => SetField(fields, action),
            FlowActionKind.Opaque => FlowAction.Opaque(fields.Bytes("bytes", [.. action.Bytes]).AsSpan()),
            _ => WithValue(fields, kind, action.Value),
        };
    }

    /// <summary>Outputs to another port than the controller have no limit.</summary>
    private static FlowAction Output(Fields fields, in FlowAction action)
    {
        PortNumber port = fields.Port("port", action.Port);
        return port == PortNumber.Controller
            ? FlowAction.Output(port, fields.UInt16("max_len", (ushort)action.Value, ushort.MaxValue, isShown: true))
            : FlowAction.Output(port);
    }

    private static FlowAction SetField(Fields fields, in FlowAction action)
    {
        OxmField? given = action.Kind == FlowActionKind.SetField ? OxmField.FromBytes(action.Bytes) : null;
        OxmField field = fields.Oxm("field", given);
        int? bytesOfAddress = field.Id switch
        {
            OxmId.EthSource or OxmId.EthDestination => 6,
            OxmId.Ipv4Source or OxmId.Ipv4Destination => 4,
            _ => null,
        };
        if (!field.HasMask && field.Value.Length == (bytesOfAddress ?? field.Value.Length))
            return FlowAction.SetField(field);
        fields.Fault("field", "a field without a mask, of its own length");
        return default;
    }

    private static FlowAction WithValue(Fields fields, FlowActionKind kind, ulong value) => kind switch
    {
        FlowActionKind.SetVlanId => FlowAction.SetVlanId(fields.UInt16("vlan_vid", (ushort)value)),
        FlowActionKind.SetVlanPriority => FlowAction.SetVlanPriority(fields.UInt8("vlan_pcp", (byte)value)),
        FlowActionKind.SetEthSource => FlowAction.SetEthSource(fields.Mac("dl_addr", new(value))),
        FlowActionKind.SetEthDestination => FlowAction.SetEthDestination(fields.Mac("dl_addr", new(value))),
        FlowActionKind.SetIpv4Source => FlowAction.SetIpv4Source(Ipv4(fields, value)),
        FlowActionKind.SetIpv4Destination => FlowAction.SetIpv4Destination(Ipv4(fields, value)),
        FlowActionKind.SetIpTos => FlowAction.SetIpTos(fields.UInt8("nw_tos", (byte)value)),
        FlowActionKind.SetTransportSource => FlowAction.SetTransportSource(fields.UInt16("tp_port", (ushort)value)),
        FlowActionKind.SetTransportDestination =>
            FlowAction.SetTransportDestination(fields.UInt16("tp_port", (ushort)value)),
        FlowActionKind.PushVlan => FlowAction.PushVlan(fields.Hex16("ethertype", (ushort)value)),
        FlowActionKind.PushMpls => FlowAction.PushMpls(fields.Hex16("ethertype", (ushort)value)),
        FlowActionKind.PopMpls => FlowAction.PopMpls(fields.Hex16("ethertype", (ushort)value)),
        FlowActionKind.PushPbb => FlowAction.PushPbb(fields.Hex16("ethertype", (ushort)value)),
        FlowActionKind.SetMplsTtl => FlowAction.SetMplsTtl(fields.UInt8("mpls_ttl", (byte)value)),
        FlowActionKind.SetIpTtl => FlowAction.SetIpTtl(fields.UInt8("nw_ttl", (byte)value)),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "The form doesn't know this kind of action."),
    };

    private static Ipv4Address Ipv4(Fields fields, ulong value) =>
        new((uint)fields.Number("nw_addr", value, Ipv4Number.Instance));
}
