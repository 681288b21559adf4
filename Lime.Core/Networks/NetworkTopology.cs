using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Networks;

/// <summary>Answers which ports the links of a network description join.</summary>
/// <remarks>Threading: immutable.</remarks>
internal sealed class NetworkTopology
{
    private readonly Dictionary<VirtualPort, VirtualPort> _virtualPeers = [];
    private readonly List<(PhysicalPort From, PhysicalPort To)> _cables = [];

    public NetworkTopology(NetworkDescription? network)
    {
        foreach (VirtualLink link in network?.VirtualLinks ?? [])
        {
            _virtualPeers[link.A] = link.B;
            _virtualPeers[link.B] = link.A;
        }
        foreach (PhysicalLink link in network?.PhysicalLinks ?? [])
        {
            _cables.Add((link.A, link.B));
            _cables.Add((link.B, link.A));
        }
    }

    /// <summary>The virtual port at the other end of a virtual link, or null if there is no link.</summary>
    public VirtualPort? PeerOf(VirtualPort port) =>
        _virtualPeers.TryGetValue(port, out VirtualPort peer) ? peer : null;

    /// <summary>The cables from one physical switch to another: the near port and the far one.</summary>
    public IEnumerable<(PortNumber Near, PortNumber Far)> CablesBetween(DatapathId near, DatapathId far) =>
        _cables.Where(each => each.From.Datapath == near && each.To.Datapath == far)
            .Select(each => (each.From.Port, each.To.Port));
}
