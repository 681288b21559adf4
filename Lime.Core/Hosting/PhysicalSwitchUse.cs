namespace Lime.Core.Hosting;

/// <summary>What a physical switch is used for.</summary>
public enum PhysicalSwitchUse
{
    /// <summary>Nothing: things can move to it.</summary>
    Spare,

    /// <summary>It realises a virtual switch, alone or with others.</summary>
    Instance,

    /// <summary>Its datapath id is not in the network that was configured; it is left alone.</summary>
    Unknown,
}
