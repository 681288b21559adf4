using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Rules;

/// <summary>A rule as it was before an ADD in its place.</summary>
internal readonly record struct RuleAsItWas
{
    /// <summary>The ADD that would make it.</summary>
    public FlowMod Command { get; init; }

    public Xid AppXid { get; init; }

    public long InstalledTicks { get; init; }

    public long ChangedTicks { get; init; }

    public bool IsAdopted { get; init; }

    public (FlowCounters Retired, FlowCounters NotItsOwn, FlowCounters Told) Counters { get; init; }

    public long Beginning { get; init; }

    public EmulatedTimeouts? Emulated { get; init; }
}
