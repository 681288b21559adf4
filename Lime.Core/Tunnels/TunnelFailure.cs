namespace Lime.Core.Tunnels;

/// <summary>Why there is no tunnel port.</summary>
internal enum TunnelFailure
{
    /// <summary>What was asked for contradicts itself.</summary>
    BadSpec,

    /// <summary>The switch's database isn't connected, or was lost on the way: it may have been done; the same call
    /// again finds out.</summary>
    DatabaseUnreachable,

    /// <summary>The database refused, for a reason that a second look doesn't clear.</summary>
    DatabaseRefused,

    /// <summary>No bridge has the datapath id.</summary>
    NoSuchBridge,

    /// <summary>Somebody else's interface has the name, or the same ends and key.</summary>
    Taken,

    /// <summary>The hosts' packets don't fit through the tunnel, or it is unknown whether they do.</summary>
    MtuTooSmall,

    /// <summary>The switch can't make the port; its own words are in the message.</summary>
    SwitchRefused,

    /// <summary>The switch process has not taken the change in time.</summary>
    SwitchSilent,
}
