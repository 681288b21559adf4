using System.Buffers.Binary;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;

namespace Lime.OpenFlow.Actions;

/// <summary>One action of a rule or packet-out.</summary>
/// <remarks>Made by the static methods; which of <see cref="Port"/>, <see cref="Value"/> and
/// <see cref="Bytes"/> mean something depends on <see cref="Kind"/>.</remarks>
public readonly record struct FlowAction
{
    private FlowAction(FlowActionKind kind, PortNumber port, ulong value, byte[]? bytes = null)
    {
        Kind = kind;
        Port = port;
        Value = value;
        _bytes = bytes;
    }

    private readonly byte[]? _bytes;

    /// <summary>What the action does.</summary>
    public FlowActionKind Kind { get; }

    /// <summary>The port of <see cref="FlowActionKind.Output"/> and
    /// <see cref="FlowActionKind.Enqueue"/>.</summary>
    public PortNumber Port { get; }

    /// <summary>The number to set; for an output to the controller the bytes to send (max_len); for an
    /// enqueue and a set-queue the queue; for a push or pop the Ethernet type; for a group its number.</summary>
    public ulong Value { get; }

    /// <summary>The whole action as on the wire, header included, of an <see cref="FlowActionKind.Opaque"/>
    /// one; the field's bytes of a <see cref="FlowActionKind.SetField"/>.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Send out of <paramref name="port"/>.</summary>
    /// <param name="port">A real port or a reserved one.</param>
    /// <param name="bytesMax">To the controller only: how many bytes of the packet to send (65,535:
    /// all).</param>
    public static FlowAction Output(PortNumber port, ushort bytesMax = ushort.MaxValue) =>
        new(FlowActionKind.Output, port, port == PortNumber.Controller ? bytesMax : ushort.MaxValue);

    /// <summary>Send out of <paramref name="port"/> through <paramref name="queue"/>.</summary>
    public static FlowAction Enqueue(PortNumber port, QueueId queue) => new(FlowActionKind.Enqueue, port, queue.Value);

    /// <summary>Set the VLAN id to <paramref name="vlanId"/>, 0..4095.</summary>
    public static FlowAction SetVlanId(ushort vlanId) => new(FlowActionKind.SetVlanId, default, vlanId);

    /// <summary>Set the VLAN priority to <paramref name="priority"/>, 0..7.</summary>
    public static FlowAction SetVlanPriority(byte priority) => new(FlowActionKind.SetVlanPriority, default, priority);

    /// <summary>Take the VLAN tag off.</summary>
    public static FlowAction StripVlan() => new(FlowActionKind.StripVlan, default, 0);

    /// <summary>Set the Ethernet source.</summary>
    public static FlowAction SetEthSource(MacAddress address) =>
        new(FlowActionKind.SetEthSource, default, address.Value);

    /// <summary>Set the Ethernet destination.</summary>
    public static FlowAction SetEthDestination(MacAddress address) =>
        new(FlowActionKind.SetEthDestination, default, address.Value);

    /// <summary>Set the IPv4 source.</summary>
    public static FlowAction SetIpv4Source(Ipv4Address address) =>
        new(FlowActionKind.SetIpv4Source, default, address.Value);

    /// <summary>Set the IPv4 destination.</summary>
    public static FlowAction SetIpv4Destination(Ipv4Address address) =>
        new(FlowActionKind.SetIpv4Destination, default, address.Value);

    /// <summary>Set the type of service; <paramref name="tos"/> is the whole byte, its lower two bits are
    /// left alone.</summary>
    public static FlowAction SetIpTos(byte tos) => new(FlowActionKind.SetIpTos, default, tos);

    /// <summary>Set the TCP or UDP source port.</summary>
    public static FlowAction SetTransportSource(ushort port) => new(FlowActionKind.SetTransportSource, default, port);

    /// <summary>Set the TCP or UDP destination port.</summary>
    public static FlowAction SetTransportDestination(ushort port) =>
        new(FlowActionKind.SetTransportDestination, default, port);

    /// <summary>Put a VLAN tag on (1.3).</summary>
    /// <param name="ethType">0x8100 or 0x88a8.</param>
    public static FlowAction PushVlan(ushort ethType) => new(FlowActionKind.PushVlan, default, ethType);

    /// <summary>Put an MPLS header on (1.3).</summary>
    /// <param name="ethType">0x8847 or 0x8848.</param>
    public static FlowAction PushMpls(ushort ethType) => new(FlowActionKind.PushMpls, default, ethType);

    /// <summary>Take the outermost MPLS header off (1.3).</summary>
    /// <param name="ethType">The payload's Ethernet type.</param>
    public static FlowAction PopMpls(ushort ethType) => new(FlowActionKind.PopMpls, default, ethType);

    /// <summary>Put a PBB header on (1.3).</summary>
    /// <param name="ethType">0x88e7.</param>
    public static FlowAction PushPbb(ushort ethType) => new(FlowActionKind.PushPbb, default, ethType);

    /// <summary>Take the outermost PBB header off (1.3).</summary>
    public static FlowAction PopPbb() => new(FlowActionKind.PopPbb, default, 0);

    /// <summary>Set the MPLS time to live (1.3).</summary>
    public static FlowAction SetMplsTtl(byte ttl) => new(FlowActionKind.SetMplsTtl, default, ttl);

    /// <summary>Decrement the MPLS time to live (1.3).</summary>
    public static FlowAction DecrementMplsTtl() => new(FlowActionKind.DecrementMplsTtl, default, 0);

    /// <summary>Set the IP time to live (1.3).</summary>
    public static FlowAction SetIpTtl(byte ttl) => new(FlowActionKind.SetIpTtl, default, ttl);

    /// <summary>Decrement the IP time to live (1.3).</summary>
    public static FlowAction DecrementIpTtl() => new(FlowActionKind.DecrementIpTtl, default, 0);

    /// <summary>Copy the time to live from the next-to-outermost header to the outermost (1.3).</summary>
    public static FlowAction CopyTtlOut() => new(FlowActionKind.CopyTtlOut, default, 0);

    /// <summary>Copy the time to live from the outermost header to the next-to-outermost (1.3).</summary>
    public static FlowAction CopyTtlIn() => new(FlowActionKind.CopyTtlIn, default, 0);

    /// <summary>Send later outputs through <paramref name="queue"/> (1.3).</summary>
    public static FlowAction SetQueue(QueueId queue) => new(FlowActionKind.SetQueue, default, queue.Value);

    /// <summary>Process by <paramref name="group"/> (1.3).</summary>
    public static FlowAction Group(GroupId group) => new(FlowActionKind.Group, default, group.Value);

    /// <summary>Set a header field (1.3).</summary>
    /// <param name="field">Which, and its value. Ethernet and IPv4 addresses and DSCP give the action of that kind, so
    /// that an action has one form only.</param>
    /// <exception cref="ArgumentException">A masked field, or an address of the wrong size.</exception>
    public static FlowAction SetField(OxmField field)
    {
        if (field.HasMask) throw new ArgumentException($"{field} has a mask, which set-field can't (1.3).", nameof(field));
        return field.Id switch
        {
            OxmId.EthSource => SetEthSource(MacAddress.Read(field.Value)),
            OxmId.EthDestination => SetEthDestination(MacAddress.Read(field.Value)),
            OxmId.Ipv4Source => SetIpv4Source(new(BinaryPrimitives.ReadUInt32BigEndian(field.Value))),
            OxmId.Ipv4Destination => SetIpv4Destination(new(BinaryPrimitives.ReadUInt32BigEndian(field.Value))),
            OxmId.IpDscp when field.Value.Length == 1 => SetIpTos((byte)(field.Value[0] << 2)),
            _ => new(FlowActionKind.SetField, default, 0, field.Bytes.ToArray()),
        };
    }

    /// <summary>An action that this library does not know.</summary>
    /// <param name="bytes">The whole action as on the wire, header included; copied. A multiple of 8
    /// bytes.</param>
    public static FlowAction Opaque(ReadOnlySpan<byte> bytes) =>
        new(FlowActionKind.Opaque, default, 0, bytes.ToArray());

    /// <summary>The same action out of another port.</summary>
    public FlowAction WithPort(PortNumber port) =>
        Kind == FlowActionKind.Output ? Output(port, (ushort)Value) : new(Kind, port, Value, _bytes);

    /// <summary>Equal in kind, port, value and bytes.</summary>
    public bool Equals(FlowAction other) => Kind == other.Kind && Port == other.Port && Value == other.Value
        && Bytes.SequenceEqual(other.Bytes);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine((byte)Kind, Port.Value, Value, _bytes?.Length ?? 0);

    /// <summary>The action as <c>ovs-ofctl</c> writes it, for logs.</summary>
    public override string ToString() => Kind switch
    {
        FlowActionKind.Output => Port == PortNumber.Controller ? $"CONTROLLER:{Value}" : $"output:{Port}",
        FlowActionKind.Enqueue => $"enqueue:{Port}:{Value}",
        FlowActionKind.StripVlan => "strip_vlan",
        FlowActionKind.SetEthSource or FlowActionKind.SetEthDestination => $"{Kind}:{new MacAddress(Value)}",
        FlowActionKind.SetIpv4Source or FlowActionKind.SetIpv4Destination => $"{Kind}:{new Ipv4Address((uint)Value)}",
        FlowActionKind.Group => $"group:{new GroupId((uint)Value)}",
        FlowActionKind.SetField => $"set_field:{OxmField.FromBytes(Bytes)}",
        FlowActionKind.PushVlan or FlowActionKind.PushMpls or FlowActionKind.PopMpls or FlowActionKind.PushPbb =>
            $"{Kind}:0x{Value:x4}",
        FlowActionKind.PopPbb or FlowActionKind.DecrementIpTtl or FlowActionKind.DecrementMplsTtl
            or FlowActionKind.CopyTtlIn or FlowActionKind.CopyTtlOut => $"{Kind}",
        FlowActionKind.Opaque => $"opaque:{Convert.ToHexStringLower(Bytes)}",
        _ => $"{Kind}:{Value}",
    };
}
