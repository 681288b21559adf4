using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Networks;

/// <summary>Answers which ports the links of a network description join.</summary>
/// <remarks>Virtual links come and go while the controller runs; cables stay. Threading: the owner loop's.</remarks>
internal sealed class NetworkTopology
{
    private readonly Dictionary<VirtualPort, VirtualPort> _virtualPeers = [];
    private readonly List<(PhysicalPort From, PhysicalPort To)> _cables = [];

    public NetworkTopology(NetworkDescription? network)
    {
        Add(network?.VirtualLinks ?? []);
        foreach (PhysicalLink link in network?.PhysicalLinks ?? [])
        {
            _cables.Add((link.A, link.B));
            _cables.Add((link.B, link.A));
        }
    }

    public void Add(IEnumerable<VirtualLink> links)
    {
        foreach (VirtualLink link in links)
        {
            _virtualPeers[link.A] = link.B;
            _virtualPeers[link.B] = link.A;
        }
    }

    public void Remove(IEnumerable<VirtualLink> links)
    {
        foreach (VirtualLink link in links)
        {
            _virtualPeers.Remove(link.A);
            _virtualPeers.Remove(link.B);
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
