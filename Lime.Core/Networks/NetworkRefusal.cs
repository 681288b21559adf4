namespace Lime.Core.Networks;

/// <summary>Why a virtual network was not made, changed or deleted.</summary>
public enum NetworkRefusal
{
    /// <summary>It was.</summary>
    None,

    /// <summary>What was asked for contradicts itself, or what is there.</summary>
    Unsound,

    /// <summary>There is no virtual network of this name.</summary>
    Unknown,

    /// <summary>There is one of this name already.</summary>
    Exists,

    /// <summary>A switch of it takes part in a migration, or is being emptied: later it may do.</summary>
    Busy,
}
