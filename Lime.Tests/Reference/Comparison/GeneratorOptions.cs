namespace Lime.Tests.Reference.Comparison;

/// <summary>What the generator leaves out for a switch that cannot do it here.</summary>
internal sealed record GeneratorOptions
{
    /// <summary>Between two inputs: no sum of a hundred is near a whole second, so that no timeout falls on an
    /// input.</summary>
    public TimeSpan Pace { get; init; } = TimeSpan.FromTicks(100_037);

    public bool HasMeters { get; init; } = true;

    /// <summary>Links go up and down, ports are set down and described.</summary>
    public bool HasLinks { get; init; } = true;

    /// <summary>Port and table counters are the OpenFlow switch's own.</summary>
    public bool CountsDevices { get; init; } = true;

    /// <summary>Rules may try to send to TABLE.</summary>
    public bool SendsToTable { get; init; } = true;

    /// <summary>Buckets may lead to groups.</summary>
    public bool ChainsGroups { get; init; } = true;

    /// <summary>Packet-outs may name an ingress port that takes no packets.</summary>
    public bool SendsFromBarredPorts { get; init; } = true;

    /// <summary>Durations are exact.</summary>
    public bool TellsTimes { get; init; } = true;

    /// <summary>All rules are read after each packet, so that a count that differs is seen where it comes
    /// about.</summary>
    public bool AsksForCounters { get; init; }

    /// <summary>In 1.0 rules may set the ports of packets that have none.</summary>
    public bool RewritesIcmp { get; init; } = true;
}
