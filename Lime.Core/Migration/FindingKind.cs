namespace Lime.Core.Migration;

/// <summary>What a finding means for its plan.</summary>
public enum FindingKind
{
    /// <summary>The plan would go wrong: it is refused.</summary>
    Refusal,

    /// <summary>The plan can be carried out; something is worth knowing before.</summary>
    Note,
}
