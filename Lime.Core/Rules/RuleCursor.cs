namespace Lime.Core.Rules;

/// <summary>Goes over rules of a group that may be wanted: all that are, perhaps others besides.</summary>
/// <remarks>The group must not change meanwhile.</remarks>
internal ref struct RuleCursor
{
    private readonly ReadOnlySpan<FlowRule> _rules;
    private readonly GroupIndex? _index;
    private int _at;

    /// <summary>Over all rules.</summary>
    public RuleCursor(ReadOnlySpan<FlowRule> rules)
    {
        _rules = rules;
    }

    /// <summary>Over a chain of an index, from its first place on.</summary>
    public RuleCursor(ReadOnlySpan<FlowRule> rules, GroupIndex index, int first)
    {
        _rules = rules;
        _index = index;
        _at = first;
    }

    /// <summary>The next rule; null: there is none.</summary>
    public FlowRule? Next()
    {
        if (_index is null) return _at < _rules.Length ? _rules[_at++] : null;
        if (_at == 0) return null;
        FlowRule rule = _rules[_at - 1];
        _at = _index.Next(_at);
        return rule;
    }
}
