using System.Globalization;

namespace Lime.Tests.RealNetwork.Migrations;

/// <summary>Packets that have come in at a bridge, counted by the kernel's links: exact at every
/// moment, and read without a process, so fast enough to be read between two steps of a
/// migration.</summary>
internal sealed class LinkCounters(OvsBridge bridge)
{
    /// <summary>A process sees the links of its own namespace there.</summary>
    private readonly string _path = $"/proc/{bridge.Daemons.SwitchProcessId}/net/dev";

    /// <summary>Packets received on all ports since the bridge was made.</summary>
    public long Received => File.ReadLines(_path)
        .Select(line => line.Split((char[])[' ', ':'], StringSplitOptions.RemoveEmptyEntries))
        .Where(words => words[0].StartsWith($"{bridge.Name}-", StringComparison.Ordinal))
        .Sum(words => long.Parse(words[2], CultureInfo.InvariantCulture));
}
