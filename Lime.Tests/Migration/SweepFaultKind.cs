namespace Lime.Tests.Migration;

/// <summary>What can go wrong between two messages.</summary>
internal enum SweepFaultKind
{
    /// <summary>The connection is cut, and made again 200 ms later.</summary>
    Lost,

    /// <summary>The connection is cut, and made again once the migration has ended.</summary>
    Gone,

    /// <summary>The switch comes back after 200 ms without its rules.</summary>
    Rebooted,

    /// <summary>The switch comes back after 200 ms with rules that nobody knows.</summary>
    Foreign,

    /// <summary>The switch does nothing that it is told until the migration has ended.</summary>
    Stalled,

    /// <summary>The next rule is refused.</summary>
    Refused,

    /// <summary>Every new rule is refused until the migration has ended.</summary>
    Full,

    /// <summary>The operator thinks better of it.</summary>
    Abort,

    /// <summary>The plan's time is over.</summary>
    Deadline,
}
