namespace Lime.Core.Switches;

/// <summary>What becomes of rules found on a switch that nobody knows.</summary>
internal enum UnknownRuleTreatment
{
    /// <summary>They become part of the virtual switch's table.</summary>
    Adopt,

    /// <summary>They are deleted.</summary>
    Remove,

    /// <summary>They stay; the switch cannot migrate.</summary>
    Leave,
}
