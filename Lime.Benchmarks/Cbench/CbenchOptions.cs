using System.Net;
using Lime.OpenFlow;

namespace Lime.Benchmarks.Cbench;

/// <summary>What <c>cbench</c> was asked for; the defaults are the original's.</summary>
internal sealed record CbenchOptions
{
    public required EndPoint Controller { get; init; }

    /// <summary>How the controller was named, for the output.</summary>
    public string Host { get; init; } = "localhost";

    public int Port { get; init; } = 6633;

    public int Switches { get; init; } = 16;

    /// <summary>Source addresses of each switch.</summary>
    public int Addresses { get; init; } = 100_000;

    public CbenchMode Mode { get; init; }

    /// <summary>Packet-ins a second of all switches; for <see cref="CbenchMode.OpenLoop"/>.</summary>
    public double Rate { get; init; }

    public int Loops { get; init; } = 16;

    public int MsPerTest { get; init; } = 1000;

    /// <summary>First loops that don't count.</summary>
    public int Warmup { get; init; } = 1;

    /// <summary>Last loops that don't count.</summary>
    public int Cooldown { get; init; }

    /// <summary>Between the handshake and the first packet-in.</summary>
    public int DelayMs { get; init; }

    /// <summary>Between groups of switches that connect.</summary>
    public int ConnectDelayMs { get; init; }

    public int ConnectGroupSize { get; init; } = 1;

    /// <summary>The first switch's datapath id.</summary>
    public int DatapathOffset { get; init; } = 1;

    /// <summary>Whether the controller is told first where the packets' destination is.</summary>
    public bool LearnsDestinations { get; init; } = true;

    /// <summary>Whether to test 1, 2, 3 ... switches in turn.</summary>
    public bool IsRanged { get; init; }

    /// <summary>Packet-ins of a switch that may be outstanding in throughput mode; 0: no bound.</summary>
    public int Window { get; init; }

    public OpenFlowVersion Version { get; init; } = OpenFlowVersion.V10;

    public int Threads { get; init; } = 1;

    /// <summary>The controller's process, to see what it costs; null: not looked at.</summary>
    public int? ProcessId { get; init; }

    /// <summary>How long answers are awaited after the last packet-in.</summary>
    public TimeSpan Drain { get; init; } = TimeSpan.FromSeconds(2);
}
