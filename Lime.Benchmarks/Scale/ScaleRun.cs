namespace Lime.Benchmarks.Scale;

/// <summary>One size.</summary>
internal sealed record ScaleRun
{
    public required int Switches { get; init; }

    /// <summary>Named virtual networks they are divided among; 0: none, each appears as it is.</summary>
    public required int Networks { get; init; }

    /// <summary>From the first connection until the last switch is known.</summary>
    public required double ConnectMs { get; init; }

    /// <summary>Resident memory of the controller's process with no switch, in bytes.</summary>
    public required long EmptyBytes { get; init; }

    /// <summary>The same with every switch connected, before the first packet-in.</summary>
    public required long IdleBytes { get; init; }

    public required double AnsweredPerSecond { get; init; }

    public required double CpuNsPerPacketIn { get; init; }

    public double BytesPerSwitch => (IdleBytes - EmptyBytes) / (double)Switches;
}
