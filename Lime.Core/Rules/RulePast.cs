namespace Lime.Core.Rules;

/// <summary>What has happened to a rule beside what its app did: its counters and timeouts, as far as Lime keeps
/// them.</summary>
/// <remarks>Life cycle: made with the first thing that it has to keep. Threading: the owner loop's.</remarks>
internal sealed class RulePast
{
    /// <inheritdoc cref="FlowRule.Retired"/>
    public FlowCounters Retired { get; set; }

    /// <inheritdoc cref="FlowRule.NotItsOwn"/>
    public FlowCounters NotItsOwn { get; set; }

    /// <inheritdoc cref="FlowRule.Told"/>
    public FlowCounters Told { get; set; }

    /// <inheritdoc cref="FlowRule.ExpiredEntries"/>
    public int ExpiredEntries { get; set; }

    /// <inheritdoc cref="FlowRule.Emulated"/>
    public EmulatedTimeouts? Emulated { get; set; }

    /// <inheritdoc cref="FlowRule.Observed"/>
    public EmulatedTimeouts? Observed { get; set; }

    /// <summary>The app has added the rule again; what was counted is for whoever knows whether it goes on.</summary>
    public void BeginAnew()
    {
        ExpiredEntries = 0;
        Emulated = null;
        Observed = null;
    }
}
