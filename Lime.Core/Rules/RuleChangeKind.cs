namespace Lime.Core.Rules;

/// <summary>What a command did to one rule.</summary>
internal enum RuleChangeKind
{
    /// <summary>It is new.</summary>
    Added,

    /// <summary>An ADD took the place of the same rule; its counters begin anew.</summary>
    Replaced,

    /// <summary>Its actions changed; its counters go on.</summary>
    Modified,

    /// <summary>It is gone.</summary>
    Removed,
}
