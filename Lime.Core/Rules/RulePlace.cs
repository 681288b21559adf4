namespace Lime.Core.Rules;

/// <summary>Where a flow-mod's rule is, or would be, in a table, so that it is looked for once.</summary>
/// <param name="Rule">The rule that is there; null: none.</param>
/// <param name="Hash">Of its key.</param>
/// <param name="IsKeyAsGiven">Whether the flow-mod's match is the key's.</param>
/// <remarks>Valid until the table changes.</remarks>
internal readonly record struct RulePlace(FlowRule? Rule, uint Hash, bool IsKeyAsGiven);
