namespace Lime.Core.Migration;

/// <summary>Something that was found out about a plan before anything is done.</summary>
/// <param name="Kind">What it means for the plan.</param>
/// <param name="Topic">What it is about.</param>
/// <param name="Text">A sentence for the operator that names what is concerned.</param>
public sealed record MigrationFinding(FindingKind Kind, FindingTopic Topic, string Text);
