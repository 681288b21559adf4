using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Core.Emulation.Tables;

/// <summary>A rule of an emulated switch, with its counters.</summary>
/// <remarks>Life cycle: added to one <see cref="FlowTable"/>, removed once. Threading: the table's.</remarks>
internal sealed class FlowEntry
{
    public FlowEntry(in FlowMod mod, long nowTicks)
    {
        Key = FlowKey.Of(mod);
        // An exact match is told as it came: normalised it would read as one with wildcards.
        Match = mod.Match.IsExact ? mod.Match : Key.Match;
        Priority = mod.Match.IsExact ? ushort.MaxValue : mod.Priority;
        Cookie = mod.Cookie;
        Actions = mod.Actions;
        IdleTimeoutSeconds = mod.IdleTimeoutSeconds;
        HardTimeoutSeconds = mod.HardTimeoutSeconds;
        ReportsRemoval = mod.Flags.HasFlag(FlowModFlags.SendFlowRemoved);
        CreatedTicks = nowTicks;
        LastUsedTicks = nowTicks;
    }

    public FlowKey Key { get; }

    /// <summary>As told in statistics and flow-removed.</summary>
    public Match Match { get; }

    /// <summary>As told; 65,535 for an exact match, whose priority means nothing (OpenFlow 1.0.0 section
    /// 5.3.3).</summary>
    public ushort Priority { get; }

    public Cookie Cookie { get; set; }

    public ActionList Actions { get; set; }

    public ushort IdleTimeoutSeconds { get; }

    public ushort HardTimeoutSeconds { get; }

    public bool ReportsRemoval { get; }

    public long CreatedTicks { get; }

    public long LastUsedTicks { get; private set; }

    public ulong PacketCount { get; private set; }

    public ulong ByteCount { get; private set; }

    public bool IsRemoved { get; set; }

    /// <summary>The next entry with the same values and mask, of lower rank.</summary>
    public FlowEntry? NextInBucket { get; set; }

    public long HardDeadlineTicks => Deadline(CreatedTicks, HardTimeoutSeconds);

    public long DeadlineTicks => Math.Min(HardDeadlineTicks, Deadline(LastUsedTicks, IdleTimeoutSeconds));

    public void Count(int frameBytes, long nowTicks)
    {
        PacketCount++;
        ByteCount += (ulong)frameBytes;
        LastUsedTicks = nowTicks;
    }

    public FlowStatistics ToStatistics(long nowTicks) => new()
    {
        Match = Match,
        Priority = Priority,
        Cookie = Cookie,
        Actions = Actions,
        IdleTimeoutSeconds = IdleTimeoutSeconds,
        HardTimeoutSeconds = HardTimeoutSeconds,
        Duration = TimeSpan.FromTicks(nowTicks - CreatedTicks),
        PacketCount = PacketCount,
        ByteCount = ByteCount,
    };

    public FlowRemoved ToFlowRemoved(FlowRemovedReason reason, long nowTicks) => new(
        Match,
        Cookie,
        Priority,
        reason,
        TimeSpan.FromTicks(nowTicks - CreatedTicks),
        IdleTimeoutSeconds,
        PacketCount,
        ByteCount);

    private static long Deadline(long fromTicks, ushort seconds) =>
        seconds == 0 ? long.MaxValue : fromTicks + (seconds * TimeSpan.TicksPerSecond);
}
