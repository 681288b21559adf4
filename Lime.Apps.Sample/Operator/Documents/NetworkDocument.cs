using System.Collections.Immutable;
using Lime.Core.Networks;

namespace Lime.Apps.Sample.Operator.Documents;

/// <summary>A network: which physical switch realises which virtual one, and the links.</summary>
internal sealed record NetworkDocument(
    string Name,
    string Source,
    ImmutableArray<string> VirtualSwitches,
    ImmutableArray<LinkDocument> VirtualLinks,
    ImmutableArray<LinkDocument> PhysicalLinks)
{
    public static NetworkDocument Of(VirtualNetworkDescription network) => new(
        network.Name,
        "api",
        [.. network.VirtualSwitches.Select(each => each.Name)],
        [.. network.VirtualLinks.Select(each => new LinkDocument($"{each.A}", $"{each.B}"))],
        []);

    public static NetworkDocument Of(OperatorBackend backend)
    {
        NetworkDescription? network = backend.Network;
        // Switches of a network file are part of it before they have ever connected.
        IEnumerable<string> names = network?.VirtualSwitches.Select(each => each.Name)
            ?? backend.VirtualSwitches().Select(each => each.Name).Except(
                (backend.Networks?.All ?? []).SelectMany(each => each.VirtualSwitches).Select(each => each.Name));
        return new NetworkDocument(
            "default",
            network is null ? "one-to-one" : "file",
            [.. names],
            [.. (network?.VirtualLinks ?? []).Select(each => new LinkDocument($"{each.A}", $"{each.B}"))],
            [.. (network?.PhysicalLinks ?? []).Select(each => new LinkDocument(End(each.A), End(each.B)))]);

        string End(PhysicalPort port) =>
            $"{network!.PhysicalSwitches.First(each => each.Datapath == port.Datapath).Name}:{port.Port}";
    }
}

/// <summary>A link between two ports, each written SWITCH:PORT.</summary>
internal sealed record LinkDocument(string A, string B);

/// <summary>The networks of this controller.</summary>
internal sealed record NetworkList(ImmutableArray<NetworkDocument> Networks)
{
    /// <summary>The one that the controller was started with, then those made since.</summary>
    public static NetworkList Of(OperatorBackend backend) => new(
    [
        NetworkDocument.Of(backend),
        .. (backend.Networks?.All ?? []).Select(NetworkDocument.Of),
    ]);
}
