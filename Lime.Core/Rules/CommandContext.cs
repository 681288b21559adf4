using Lime.Core.Networks;
using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Rules;

/// <summary>What a command is resolved with.</summary>
/// <param name="AppXid">The id the app was given for it.</param>
/// <param name="NowTicks">Loop time.</param>
/// <param name="Map">The ports that there are.</param>
internal readonly record struct CommandContext(Xid AppXid, long NowTicks, InstanceMap Map)
{
    /// <summary>The groups that rules may use; null: the switch itself says so.</summary>
    public ShadowGroupTable? Groups { get; init; }

    /// <summary>The meters that rules may use; null: the switch itself says so.</summary>
    public ShadowMeterTable? Meters { get; init; }
}
