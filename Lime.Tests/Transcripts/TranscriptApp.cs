using Lime.Core.Apps;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.Tests.Transcripts;

/// <summary>Writes down everything that an app is told of one switch.</summary>
/// <remarks>What is normalised: a transaction id is the number of the command that it was given for, an opaque buffer
/// id
/// is left out (whether it works shows at the hosts), and durations are rounded to half a second, since two runs never
/// take
/// the same microseconds. Rules whose time has run out are kept apart, with the moment at which the app was told:
/// while a
/// switch migrates that may be late, never early. All else is as it came.</remarks>
internal sealed class TranscriptApp(string switchName) : IControllerApp
{
    private readonly List<string> _events = [];
    private readonly Dictionary<Xid, string> _commands = [];

    /// <summary>Rules whose time ran out, and when the app learned of it.</summary>
    public List<(string Rule, TimeSpan At)> RanOut { get; } = [];

    /// <summary>The run's time.</summary>
    public Func<TimeSpan> Now { get; set; } = () => TimeSpan.Zero;

    /// <summary>What to do with a packet-in besides; null: nothing.</summary>
    public Action<IVirtualSwitch, PortNumber, byte[]>? Answer { get; set; }

    /// <summary>A command was given under this id.</summary>
    public void Gave(Xid xid, string name) => _commands[xid] = name;

    public void Note(string what) => _events.Add(what);

    /// <summary>What came since the last call, sorted: within a step of the script nothing depends on
    /// another.</summary>
    public string[] Take()
    {
        string[] taken = [.. _events.Order(StringComparer.Ordinal)];
        _events.Clear();
        return taken;
    }

    public static string Rounded(Duration duration) =>
        $"{Math.Round(duration.Ticks / (TimeSpan.TicksPerSecond / 2.0)) / 2:F1} s";

    public void OnSwitchUp(IVirtualSwitch virtualSwitch) => Note(virtualSwitch, "up");

    public void OnSwitchDown(IVirtualSwitch virtualSwitch) => Note(virtualSwitch, "down");

    public AppVerdict OnPacketIn(IVirtualSwitch virtualSwitch, in PacketIn packetIn)
    {
        Note(
            virtualSwitch,
            $"packet-in {packetIn.InPort} {packetIn.Reason} table {packetIn.Table} cookie {packetIn.Cookie} "
            + $"{packetIn.TotalBytes} bytes {Convert.ToHexString(packetIn.Data)}");
        if (virtualSwitch.Name == switchName)
            Answer?.Invoke(virtualSwitch, packetIn.InPort, packetIn.Data.ToArray());
        return AppVerdict.Continue;
    }

    public AppVerdict OnFlowRemoved(IVirtualSwitch virtualSwitch, FlowRemoved gone)
    {
        string rule =
            $"flow-removed {gone.Match} priority {gone.Priority} table {gone.Table} cookie {gone.Cookie} {gone.Reason} "
            + $"{gone.PacketCount} packets {gone.ByteCount} bytes idle {gone.IdleTimeoutSeconds} "
            + $"hard {gone.HardTimeoutSeconds}";
        bool hasRunOut = gone.Reason is FlowRemovedReason.IdleTimeout or FlowRemovedReason.HardTimeout;
        if (!hasRunOut) Note(virtualSwitch, $"{rule} after {Rounded(gone.Duration)}");
        else if (virtualSwitch.Name == switchName) RanOut.Add((rule, Now()));
        return AppVerdict.Continue;
    }

    public AppVerdict OnPortStatus(IVirtualSwitch virtualSwitch, PortStatus status)
    {
        Note(virtualSwitch, $"port-status {status.Reason} {status.Port}");
        return AppVerdict.Continue;
    }

    public AppVerdict OnError(IVirtualSwitch virtualSwitch, Xid xid, ErrorMessage error)
    {
        string command = _commands.GetValueOrDefault(xid, $"unknown xid {xid}");
        // The quote begins with the header, whose id two runs need not share.
        string quote = Convert.ToHexString([.. error.Bytes[..4], .. error.Bytes[8..]]);
        Note(virtualSwitch, $"error for {command}: {error.Type} {error.Code} {quote}");
        return AppVerdict.Continue;
    }

    private void Note(IVirtualSwitch virtualSwitch, string what)
    {
        if (virtualSwitch.Name == switchName) Note(what);
    }
}
