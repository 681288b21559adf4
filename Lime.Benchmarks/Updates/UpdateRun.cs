namespace Lime.Benchmarks.Updates;

/// <summary>What an app's rule changes cost on a virtual switch of some instances.</summary>
internal sealed record UpdateRun
{
    public required int Instances { get; init; }

    public required long Updates { get; init; }

    /// <summary>Packets that met the rule that is changed.</summary>
    public required long Packets { get; init; }

    /// <summary>Packets that came to the controller because of a guard.</summary>
    public required long PacketIns { get; init; }

    public required long HeldPackets { get; init; }

    public required long HeldBytes { get; init; }

    public required double HeldMsMax { get; init; }

    /// <summary>Packets that arrived behind one that had been sent later.</summary>
    public required long Overtaken { get; init; }

    public required long Lost { get; init; }

    /// <summary>Messages that the controller sent and received.</summary>
    public required long Messages { get; init; }

    /// <summary>From the command to the moment at which every instance had it, on average.</summary>
    public required double UpdateMs { get; init; }

    public required double UpdateMsMax { get; init; }
}
