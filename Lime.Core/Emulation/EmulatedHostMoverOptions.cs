namespace Lime.Core.Emulation;

/// <summary>How emulated hosts are moved.</summary>
public sealed record EmulatedHostMoverOptions
{
    /// <summary>How long a host's memory is copied while it runs, 0 to 1 h.</summary>
    public TimeSpan CopyTime { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>How long it stands still at least, 0 to 1 h.</summary>
    public TimeSpan PauseTime { get; init; } = TimeSpan.FromMilliseconds(40);

    /// <summary>Whether the mover tells when the host stands still. One that doesn't is followed when the host
    /// announces
    /// itself, and what is sent to it meanwhile is lost.</summary>
    public bool TellsPause { get; init; } = true;

    /// <summary>Whether the host announces its address at the new place (a gratuitous ARP).</summary>
    public bool Announces { get; init; } = true;

    /// <summary>Checks every value against its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range; names it.</exception>
    public void Validate()
    {
        Check(CopyTime, nameof(CopyTime));
        Check(PauseTime, nameof(PauseTime));
    }

    private static void Check(TimeSpan time, string name)
    {
        if (time < TimeSpan.Zero || time > TimeSpan.FromHours(1))
            throw new ArgumentOutOfRangeException(name, time, $"{name} has to lie between 0 and 1 h.");
    }
}
