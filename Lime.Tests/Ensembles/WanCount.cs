using Lime.Core.Emulation;
using Lime.OpenFlow.Identifiers;

namespace Lime.Tests.Ensembles;

/// <summary>Counts the frames on links between sites, and how many there have to be: one for each frame that a host
/// gets
/// from a host at the other site. A node's site is its name's first letter.</summary>
internal sealed class WanCount
{
    private readonly EmulatedNetwork _network;
    private readonly Dictionary<MacAddress, string> _hosts;

    public WanCount(EmulatedNetwork network)
    {
        _network = network;
        _hosts = network.Hosts.ToDictionary(each => each.Mac, each => each.Name);
        network.Tap = Take;
    }

    public int Sent { get; private set; }

    public int Least { get; private set; }

    private void Take(in FrameEvent happened)
    {
        (string from, string to) = (happened.From.Node, happened.To.Node);
        bool isCable = (from[0] is 'a' or 'b') && (to[0] is 'a' or 'b') && from[0] != to[0];
        bool isWan = isCable || (from[0] == 'f' && to[0] == 'f');
        if (isWan && happened.Kind == FrameEventKind.Sent) Sent++;
        if (happened.Kind != FrameEventKind.Delivered || to[0] != 'h') return;
        if (!_hosts.TryGetValue(MacAddress.Read(happened.Frame[6..]), out string? sender)) return;
        if (SiteOf(sender) is { } site && site != from[0]) Least++;
    }

    private char? SiteOf(string host) => _network.Links
        .Where(each => each.EndB.Node == host).Select(each => (char?)each.EndA.Node[0]).FirstOrDefault();
}
