namespace Lime.Core.Tunnels;

/// <summary>Says why a switch has not made the end of a tunnel, and what to do about it.</summary>
internal static class TunnelRefusals
{
    private const string UnknownType =
        "This Open vSwitch does not know the type, or its kernel module is not loaded.";

    /// <summary>Parts of what Open vSwitch says, and what they come from.</summary>
    private static readonly (string Part, string Advice)[] Known =
    [
        ("File exists", "Another tunnel of this switch has the same ends and key, perhaps without a local address; "
            + "look at 'ovs-vsctl list interface' and choose another key."),
        ("Address family not supported", UnknownType),
        ("No such device", UnknownType),
        ("remote_ip", "The address of the other end is not taken."),
        ("local_ip", "The address of this end is not taken."),
        ("Operation not permitted", "ovs-vswitchd may not make devices; it has to run as root or with CAP_NET_ADMIN."),
    ];

    public static string Explain(TunnelPort port, TunnelSpec tunnel)
    {
        string start = $"Bridge {port.Bridge.Name} could not make the {tunnel} (interface {port.Interface.Name})";
        if (port.Interface.Error is not { } error)
            return $"{start}: it got no OpenFlow port number, and the switch doesn't say why. See ovs-vswitchd's log.";
        string advice = Known.FirstOrDefault(each => error.Contains(each.Part, StringComparison.Ordinal)).Advice
            ?? "See ovs-vswitchd's log.";
        return $"{start}: {error.ReplaceLineEndings("; ")}. {advice}";
    }
}
