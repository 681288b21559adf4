using Lime.OpenFlow;
using Lime.OpenFlow.Channel;

namespace Lime.Core.Emulation;

/// <summary>What an emulated switch can do and says of itself.</summary>
/// <remarks>Threading: immutable.</remarks>
public sealed record EmulatedSwitchOptions
{
    /// <summary>A fast switch with a large table that holds packets.</summary>
    public static EmulatedSwitchOptions Default { get; } = new();

    /// <summary>OpenFlow versions that the switch offers; the highest that its controller speaks too is
    /// used.</summary>
    public IReadOnlyList<OpenFlowVersion> Versions { get; init; } = [OpenFlowVersion.V13, OpenFlowVersion.V10];

    /// <summary>Flow-mods that the switch can do a second; each takes its share of that time, and what
    /// follows it (a barrier above all) waits; 0: no time at all.</summary>
    public double FlowModsPerSecond { get; init; }

    /// <summary>Flow tables, 1 to 254; a controller that speaks 1.0 sees the first alone.</summary>
    public int TableCount { get; init; } = 8;

    /// <summary>Rules that each flow table holds, 0 to 10,000,000; an ADD beyond is refused
    /// (ALL_TABLES_FULL, TABLE_FULL).</summary>
    public int TableCapacity { get; init; } = 1_000_000;

    /// <summary>Groups that the switch holds, 0 to 1,000,000; an ADD beyond is refused (OUT_OF_GROUPS).</summary>
    public int GroupCapacity { get; init; } = 4096;

    /// <summary>Meters that the switch holds, 0 to 1,000,000; an ADD beyond is refused (OUT_OF_METERS).</summary>
    public int MeterCapacity { get; init; } = 4096;

    /// <summary>Packets held for the controller, 0 (none: packet-ins carry the whole packet) to
    /// 65,536.</summary>
    public int BufferCount { get; init; } = 256;

    /// <summary>How long a packet is held at most, above 0 up to 1 h.</summary>
    public TimeSpan BufferLifetime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Control messages that may wait for their turn, 1 to 10,000,000; beyond, the connection
    /// ends.</summary>
    public int ControlQueueMax { get; init; } = 1_000_000;

    /// <summary>How much later than it says a flow-mod takes effect on packets, 0 to 1 h: the switch answers barriers
    /// and statistics by tables that its data plane follows in order. 0: at once, as its barriers say.</summary>
    public TimeSpan DataPlaneDelay { get; init; }

    /// <summary>How often the switch looks through its cache of flows, 0 (it has none) to 1 h: packets that come by a
    /// port are handled as the first one alike was in the present round. Packet-outs don't pass by the cache. Open
    /// vSwitch takes up to 500 ms.</summary>
    public TimeSpan FlowCacheInterval { get; init; }

    /// <summary>How many seconds go by on the switch's clock in one, 0.5 to 2: its timeouts, durations, meters and
    /// delays are by that clock.</summary>
    public double ClockRate { get; init; } = 1;

    /// <summary>Manufacturer, as told in description statistics.</summary>
    public string Manufacturer { get; init; } = "Lime";

    /// <summary>Hardware, as told in description statistics.</summary>
    public string Hardware { get; init; } = "Emulated switch";

    /// <summary>Software, as told in description statistics.</summary>
    public string Software { get; init; } = "Lime.Core.Emulation";

    /// <summary>Serial number, as told in description statistics.</summary>
    public string SerialNumber { get; init; } = "None";

    /// <summary>The limits of the control connection.</summary>
    public ChannelOptions Channel { get; init; } = ChannelOptions.Default;

    /// <summary>Checks every value against its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range; names it.</exception>
    public void Validate()
    {
        if (!double.IsFinite(FlowModsPerSecond) || FlowModsPerSecond < 0)
            throw new ArgumentOutOfRangeException(nameof(FlowModsPerSecond), FlowModsPerSecond, "0 or more.");
        if (ClockRate is not (>= 0.5 and <= 2))
            throw new ArgumentOutOfRangeException(nameof(ClockRate), ClockRate, "Between 0.5 and 2.");
        if (Versions.Count == 0)
            throw new ArgumentOutOfRangeException(nameof(Versions), "At least one version is needed.");
        CheckCount(TableCount, 1, 254, nameof(TableCount));
        CheckCount(GroupCapacity, 0, 1_000_000, nameof(GroupCapacity));
        CheckCount(MeterCapacity, 0, 1_000_000, nameof(MeterCapacity));
        CheckCount(TableCapacity, 0, 10_000_000, nameof(TableCapacity));
        CheckCount(BufferCount, 0, 65_536, nameof(BufferCount));
        CheckCount(ControlQueueMax, 1, 10_000_000, nameof(ControlQueueMax));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(BufferLifetime, TimeSpan.Zero,
            nameof(BufferLifetime));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(BufferLifetime, TimeSpan.FromHours(1),
            nameof(BufferLifetime));
        CheckTime(DataPlaneDelay, nameof(DataPlaneDelay));
        CheckTime(FlowCacheInterval, nameof(FlowCacheInterval));
        Channel.Validate();
    }

    private static void CheckTime(TimeSpan value, string name)
    {
        if (value < TimeSpan.Zero || value > TimeSpan.FromHours(1))
            throw new ArgumentOutOfRangeException(name, value, $"{name} has to lie between 0 and 1 h.");
    }

    private static void CheckCount(int value, int least, int most, string name)
    {
        if (value < least || value > most)
            throw new ArgumentOutOfRangeException(name, value,
                $"{name} has to lie between {least} and {most}.");
    }
}
