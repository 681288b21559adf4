using Lime.OpenFlow.Identifiers;

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
    /// enqueue the queue.</summary>
    public ulong Value { get; }

    /// <summary>The whole action as on the wire, header included, of an <see cref="FlowActionKind.Opaque"/>
    /// one.</summary>
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
        FlowActionKind.Opaque => $"opaque:{Convert.ToHexStringLower(Bytes)}",
        _ => $"{Kind}:{Value}",
    };
}
