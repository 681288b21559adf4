using Lime.Core.Networks;

namespace Lime.Core.Hosting;

/// <summary>What a virtual switch uses at a moment.</summary>
/// <param name="Name">Its name.</param>
public sealed record VirtualSwitchUse(string Name)
{
    /// <summary>What it may use.</summary>
    public VirtualSwitchQuota Quota { get; init; } = VirtualSwitchQuota.None;

    /// <summary>Rules in all its tables.</summary>
    public int Rules { get; init; }

    /// <summary>Its groups.</summary>
    public int Groups { get; init; }

    /// <summary>Its meters.</summary>
    public int Meters { get; init; }

    /// <summary>Packets that its apps were not shown because more came than its quota allows.</summary>
    public long PacketInsDropped { get; init; }

    /// <summary>Packets that its apps gave to be sent and that were not, because they were more than its quota
    /// allows.</summary>
    public long PacketOutsDropped { get; init; }
}
