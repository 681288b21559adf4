namespace Lime.Core.Switches;

/// <summary>How commands reach a virtual switch's instances.</summary>
internal enum CloneMode
{
    /// <summary>One instance lives; commands go straight to it.</summary>
    Single,

    /// <summary>Several instances carry traffic; updates are two-phase, one transaction after
    /// another.</summary>
    Cloned,

    /// <summary>Nothing passes (freeze-and-copy); commands wait.</summary>
    Frozen,
}
