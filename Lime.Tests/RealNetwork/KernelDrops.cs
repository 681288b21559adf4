using System.Globalization;
using System.Text.RegularExpressions;

namespace Lime.Tests.RealNetwork;

/// <summary>Packets that the kernel dropped before a switch, or ping, could see them: lost, but by
/// the machine and not by a rule.</summary>
/// <remarks>
/// Two queues of the kernel can overflow while a program waits for a processor: the receive buffer
/// of a socket (a packet socket is a port of a switch, a raw one is ping's) and the backlog of a
/// processor, on which a veth link puts what it is sent (<c>net.core.netdev_max_backlog</c>). Both
/// count what they drop.
/// Life cycle: counts from construction on; a socket is seen as long as its process has it.
/// </remarks>
internal sealed partial class KernelDrops(IReadOnlyList<NetworkNamespace> namespaces)
{
    private readonly long _backlogBefore = ReadBacklogDrops();

    /// <returns>A sentence for each queue that has dropped; none if nothing was.</returns>
    public IReadOnlyList<string> Describe()
    {
        List<string> found = [.. namespaces.SelectMany(DescribeSockets)];
        long backlog = ReadBacklogDrops() - _backlogBefore;
        if (backlog > 0)
            found.Add($"The processors' backlogs dropped {backlog} packets, of any network of this machine.");
        return found;
    }

    /// <summary>Reads what <c>ss --memory --oneline --no-header</c> says of sockets: local address
    /// and drops.</summary>
    public static IReadOnlyList<(string Socket, long Count)> ParseSockets(string text) =>
        [.. SocketPattern().Matches(text)
            .Select(each => (
                each.Groups["socket"].Value, long.Parse(each.Groups["drops"].ValueSpan, CultureInfo.InvariantCulture)))
            .Where(each => each.Item2 > 0)];

    /// <summary>Sums the second column of <c>/proc/net/softnet_stat</c>, a line a processor, in
    /// hexadecimal: packets dropped because the backlog was full.</summary>
    public static long ParseBacklog(IEnumerable<string> lines) =>
        lines.Sum(line => long.Parse(line.Split(' ')[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture));

    private static IEnumerable<string> DescribeSockets(NetworkNamespace place) =>
        ParseSockets(place.Run(
            "ss", "--packet", "--raw", "--all", "--memory", "--numeric", "--oneline", "--no-header"))
            .Select(each =>
                $"The socket at {each.Socket} in {place.Name} dropped {each.Count} packets, its buffer full.");

    private static long ReadBacklogDrops() => ParseBacklog(File.ReadLines("/proc/net/softnet_stat"));

    [GeneratedRegex(
        @"^\S+ +\S+ +\d+ +\d+ +(?<socket>\S+) .*skmem:\([^)]*,d(?<drops>\d+)\)", RegexOptions.Multiline)]
    private static partial Regex SocketPattern();
}
