using Lime.OpenFlow.Actions;

namespace Lime.Core.Rules;

/// <summary>What a command did to one rule.</summary>
/// <param name="Kind">What it did.</param>
/// <param name="Rule">The rule, as it is after the command.</param>
/// <param name="ActionsBefore">What the rule did before; null if it was not there.</param>
internal readonly record struct RuleChange(RuleChangeKind Kind, FlowRule Rule, ActionList? ActionsBefore);
