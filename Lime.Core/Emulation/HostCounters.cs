namespace Lime.Core.Emulation;

/// <summary>What an emulated host has counted, in frames.</summary>
public readonly record struct HostCounters
{
    /// <summary>Sent.</summary>
    public long Sent { get; init; }

    /// <summary>Received, whoever they were for.</summary>
    public long Received { get; init; }

    /// <summary>Received, but for another host, tagged, or of a kind that the host does not speak.</summary>
    public long Ignored { get; init; }

    /// <summary>Received with a wrong checksum or length.</summary>
    public long Corrupt { get; init; }

    /// <summary>Not sent: nobody answered for the address, or too many waited for it.</summary>
    public long Unresolved { get; init; }
}
