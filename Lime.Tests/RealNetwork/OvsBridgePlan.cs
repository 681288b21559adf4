namespace Lime.Tests.RealNetwork;

/// <summary>What a bridge is to be.</summary>
/// <param name="DatapathId">Set explicitly: OVS would change its own choice when ports are
/// added.</param>
/// <param name="Links">The links that become ports; the first gets OpenFlow port number 1.</param>
/// <param name="Protocols">As ovs-vsctl names them, such as <c>OpenFlow10</c>.</param>
internal sealed record OvsBridgePlan(
    string Name, ulong DatapathId, IReadOnlyList<string> Links, string Protocols)
{
    /// <returns>One ovs-vsctl transaction: so the bridge never exists without its
    /// settings.</returns>
    /// <remarks>The userspace datapath (netdev) needs no kernel module. Fail mode secure and
    /// in-band control off leave the flow table to the controller alone. With the usual queue of 100 packets for the
    /// controller it would drop what comes while the controller waits for a processor; 512 is the most it
    /// takes.</remarks>
    public IReadOnlyList<string> ToArguments() =>
    [
        "add-br", Name, "--", "set", "bridge", Name, "datapath_type=netdev", "fail_mode=secure",
        $"protocols={Protocols}", $"other-config:datapath-id={DatapathId:x16}",
        "other-config:disable-in-band=true", "other-config:controller-queue-size=512",
        .. Links.SelectMany((link, index) => AddPort(link, index + 1)),
    ];

    private IEnumerable<string> AddPort(string link, int portNumber) =>
        ["--", "add-port", Name, link, "--", "set", "interface", link, $"ofport_request={portNumber}"];
}
