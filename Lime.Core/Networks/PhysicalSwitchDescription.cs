using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Networks;

/// <summary>A physical switch that may connect.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Datapath">The datapath id it connects with.</param>
public sealed record PhysicalSwitchDescription(string Name, DatapathId Datapath)
{
    /// <summary>The largest packet that its links carry, in bytes without the Ethernet header, 68 to 65,535; null if
    /// not known.</summary>
    /// <remarks>OpenFlow doesn't tell it. A migration to a switch with a smaller one is refused.</remarks>
    public int? Mtu { get; init; }

    /// <summary>Whether it belongs to the fabric between the others: it realises nothing and nothing moves to it, but
    /// tunnels may lead through it. It has to speak OpenFlow 1.3.</summary>
    public bool CarriesTunnels { get; init; }

    /// <summary>The database by which tunnel ports are made on it; null: none are.</summary>
    public SwitchDatabaseDescription? Database { get; init; }

    /// <summary>Whether its ports are shared out among virtual switches, though there may be only one so far; a switch
    /// that several virtual ones name is, whatever this says.</summary>
    public bool IsShared { get; init; }
}
