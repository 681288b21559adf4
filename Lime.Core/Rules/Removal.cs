using Lime.OpenFlow.Messages;

namespace Lime.Core.Rules;

/// <summary>A rule that leaves the virtual switch: gathers what its entries on all instances had counted, for
/// the one flow-removed that the app may have asked for.</summary>
/// <remarks>Threading: the owner loop's.</remarks>
internal sealed class Removal(FlowRule rule, FlowRemovedReason reason, long nowTicks)
{
    public FlowRule Rule { get; } = rule;

    /// <summary>How many entries have still to report.</summary>
    public int Outstanding { get; set; }

    /// <summary>Whether apps know of it.</summary>
    public bool IsTold { get; set; }

    public FlowCounters Counters { get; set; } = rule.Retired;

    /// <summary>Told what all entries had counted, once they have said so; null: nobody is.</summary>
    public Action<FlowCounters>? WhenComplete { get; init; }

    /// <summary>The message for the app.</summary>
    public FlowRemoved ToMessage()
    {
        FlowCounters own = Rule.Tell(Counters);
        return new FlowRemoved(
            Rule.Match, Rule.Cookie, Rule.Priority, reason, TimeSpan.FromTicks(nowTicks - Rule.InstalledTicks),
            Rule.IdleTimeoutSeconds, own.Packets, own.Bytes)
        {
            Table = Rule.Key.Table,
            HardTimeoutSeconds = Rule.HardTimeoutSeconds,
        };
    }
}
