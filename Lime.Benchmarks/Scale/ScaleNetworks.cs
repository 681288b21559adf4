using Lime.Benchmarks.Overhead;
using Lime.Core.Networks;
using Lime.OpenFlow.Identifiers;

namespace Lime.Benchmarks.Scale;

/// <summary>Virtual networks over generated switches: each a chain of virtual switches with names and port numbers of
/// their own.</summary>
/// <remarks>Lime has one network description; networks in it are parts that no link connects.</remarks>
internal static class ScaleNetworks
{
    private const uint Ports = 4;

    public static NetworkDescription Describe(int switches, int networks) => new()
    {
        PhysicalSwitches = [.. Enumerable.Range(0, switches).Select(index =>
            new PhysicalSwitchDescription($"p{index}", OverheadPlan.Sender(index)))],
        VirtualSwitches = [.. Enumerable.Range(0, switches).Select(index => new VirtualSwitchDescription(
            Name(index, networks), OverheadPlan.Sender(index), OverheadPlan.Sender(index), Mapping()))],
        PhysicalLinks = [.. Chain(switches, networks).Select(each => new PhysicalLink(
            new PhysicalPort(OverheadPlan.Sender(each.From), new PortNumber(3)),
            new PhysicalPort(OverheadPlan.Sender(each.To), new PortNumber(4))))],
        VirtualLinks = [.. Chain(switches, networks).Select(each => new VirtualLink(
            new VirtualPort(Name(each.From, networks), new PortNumber(13)),
            new VirtualPort(Name(each.To, networks), new PortNumber(14))))],
    };

    private static string Name(int index, int networks) => $"n{index % networks}s{index / networks}";

    private static System.Collections.Immutable.ImmutableArray<PortMapping> Mapping() =>
        [.. Enumerable.Range(1, (int)Ports).Select(port =>
            new PortMapping(new PortNumber((uint)port + 10), new PortNumber((uint)port)))];

    /// <summary>Each switch and the next one of its network.</summary>
    private static IEnumerable<(int From, int To)> Chain(int switches, int networks) =>
        Enumerable.Range(0, Math.Max(0, switches - networks)).Select(index => (index, index + networks));
}
