namespace Lime.Core.Migration;

/// <summary>How far a host of an ensemble is.</summary>
public enum HostMoveState
{
    /// <summary>It is at the old place, and its turn has not come.</summary>
    Waiting,

    /// <summary>Its mover has been asked.</summary>
    Moving,

    /// <summary>It runs at the new place.</summary>
    Moved,

    /// <summary>Its mover has been asked to take it back.</summary>
    Returning,

    /// <summary>Its move has failed: it runs where it was.</summary>
    Failed,
}
