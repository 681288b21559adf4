namespace Lime.Core.Hosting;

/// <summary>What happens to rules that a switch has when it connects and that Lime doesn't know.</summary>
public enum UnknownRulePolicy
{
    /// <summary>They become part of the virtual switch's table.</summary>
    Adopt,

    /// <summary>They are deleted, one by one.</summary>
    Remove,

    /// <summary>They stay, but the switch can neither be migrated nor be a target until they are
    /// gone.</summary>
    Refuse,
}
