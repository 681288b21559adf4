namespace Lime.Core.Migration;

/// <summary>What a finding is about.</summary>
public enum FindingTopic
{
    /// <summary>Switches that the plan names: not there, not connected, not free.</summary>
    Switches,

    /// <summary>Ports and cables.</summary>
    Ports,

    /// <summary>The version of OpenFlow.</summary>
    Version,

    /// <summary>What rules do: an action bound to one chassis (NORMAL, LOCAL), or one that the target lacks.</summary>
    Actions,

    /// <summary>Queues.</summary>
    Queues,

    /// <summary>Tables: their number, their size, what is in them already.</summary>
    Tables,

    /// <summary>Groups.</summary>
    Groups,

    /// <summary>Meters.</summary>
    Meters,

    /// <summary>The largest frame that links carry.</summary>
    Mtu,

    /// <summary>Timeouts and counters.</summary>
    Timeouts,

    /// <summary>What apps were told of the switch.</summary>
    Features,

    /// <summary>Time and answers.</summary>
    Time,

    /// <summary>Tunnels between switches that no cable joins.</summary>
    Tunnels,
}
