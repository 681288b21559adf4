namespace Lime.Core.Rules;

/// <summary>What a command did to one rule.</summary>
internal enum RuleChangeKind
{
    /// <summary>It is new.</summary>
    Added,

    /// <summary>An ADD took the place of the same rule; whether its counters begin anew depends on the version and on
    /// the command's flags (<see cref="RuleChange.CountsAnew"/>).</summary>
    Replaced,

    /// <summary>Its instructions changed; its counters go on, unless it was told otherwise.</summary>
    Modified,

    /// <summary>It is gone.</summary>
    Removed,
}
