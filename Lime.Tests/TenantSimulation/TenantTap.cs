using System.Globalization;
using Lime.Core.Emulation;
using Lime.OpenFlow.Identifiers;
using Lime.Tests.Checking;
using Lime.Tests.Ensembles;
using Lime.Tests.Simulation;

namespace Lime.Tests.TenantSimulation;

/// <summary>Records, for each virtual switch of a tenant by itself, what comes to it and what it sends: by its hosts'
/// cables and by its links to the others, wherever these are at the time.</summary>
/// <remarks>What one switch sends over a link the other gets, a link's delay later. What is between two places of one
/// switch nobody sees: only how often a packet goes over such a cable is counted. Threading: the loop's.</remarks>
internal sealed class TenantTap(IReadOnlyDictionary<uint, TraceLog> logs)
{
    public const string LeftLink = "the switch on the left", RightLink = "the switch on the right";

    /// <summary>There, back since the host has left meanwhile, and there again.</summary>
    private const int CrossingsMax = 3;

    private readonly HashSet<(uint Switch, uint Packet)> _arrived = [];
    private readonly Dictionary<(string Cable, uint Packet), int> _crossings = [];

    /// <summary>What no row of switches does, whatever each of them does by itself.</summary>
    public List<string> Violations { get; } = [];

    /// <summary>Packets that went over a link from switch to switch, and over a cable between the sites.</summary>
    public (int Links, int Wan) Counts { get; private set; }

    /// <summary>Called with a host and what it has received.</summary>
    public Action<string, byte[]>? Received { get; set; }

    public static string HostName(uint host) => $"h{host / 16}{host % 16}";

    public void Look(in FrameEvent frameEvent)
    {
        if (PacketMark.TryRead(frameEvent.Frame) is not { } id) return;
        bool isSent = frameEvent.Kind == FrameEventKind.Sent;
        if (!isSent && frameEvent.Kind != FrameEventKind.Delivered) return;
        byte[] frame = frameEvent.Frame.ToArray();
        (LinkEnd from, LinkEnd to) = (frameEvent.From, frameEvent.To);
        if (from.Node[0] == 'h' || to.Node[0] == 'h') LookAtHost(isSent ? from : to, isSent, id, frame);
        else if (from.Node[0] != to.Node[0]) LookAtWan($"{from}>{to}", isSent, id);
        else if (isSent) LogOf(from).Add(new HostReceived(LogOf(from).Now, LinkAt(from), frame));
        else Arrive(to, id, frame);
    }

    private void LookAtHost(LinkEnd end, bool isSent, uint id, byte[] frame)
    {
        if (end.Node[0] != 'h') return;
        TraceLog log = LogOf(end);
        if (isSent)
        {
            log.Add(new HostSent(log.Now, end.Node, id, frame));
            return;
        }
        log.Add(new HostReceived(log.Now, end.Node, frame));
        Received?.Invoke(end.Node, frame);
    }

    private void Arrive(LinkEnd to, uint id, byte[] frame)
    {
        Counts = Counts with { Links = Counts.Links + 1 };
        if (_arrived.Add((NumberOf(to), id))) LogOf(to).Add(new HostSent(LogOf(to).Now, LinkAt(to), id, frame));
        else Violations.Add($"Packet {id} came to v{NumberOf(to)} a second time, at {to}.");
    }

    private void LookAtWan(string cable, bool isSent, uint id)
    {
        if (!isSent) return;
        Counts = Counts with { Wan = Counts.Wan + 1 };
        int crossings = _crossings[(cable, id)] = _crossings.GetValueOrDefault((cable, id)) + 1;
        if (crossings == CrossingsMax + 1) Violations.Add($"Packet {id} goes round over {cable}.");
    }

    private static string LinkAt(LinkEnd end) =>
        end.Port.Value is EnsembleBed.Left or EnsembleBed.Left + EnsembleBed.ToTarget ? LeftLink : RightLink;

    private static uint NumberOf(LinkEnd end) => uint.Parse(end.Node.AsSpan(1, 1), CultureInfo.InvariantCulture);

    private TraceLog LogOf(LinkEnd end) => logs[NumberOf(end)];
}
