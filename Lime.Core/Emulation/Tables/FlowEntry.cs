using System.Runtime.CompilerServices;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;
using Lime.OpenFlow.Wire;

namespace Lime.Core.Emulation.Tables;

/// <summary>A rule of an emulated switch, with its counters.</summary>
/// <remarks>Life cycle: added to one <see cref="FlowTable"/>, removed once (and put back, if what removed it is
/// undone). Threading: the table's.</remarks>
internal sealed class FlowEntry
{
    /// <summary>The match as it came where that is not the key's.</summary>
    private readonly StrongBox<Match>? _given;

    private readonly ushort _priority;

    public FlowEntry(in FlowMod mod, TableSemantics semantics, long nowTicks)
    {
        Key = FlowKey.Of(mod, semantics);
        _given = Key.Match == mod.Match ? null : new StrongBox<Match>(mod.Match);
        _priority = Key.Rank == FlowKey.ExactRank ? ushort.MaxValue : mod.Priority;
        Table = mod.Table;
        Cookie = mod.Cookie;
        Actions = mod.Actions;
        Instructions = mod.Instructions;
        IdleTimeoutSeconds = mod.IdleTimeoutSeconds;
        HardTimeoutSeconds = mod.HardTimeoutSeconds;
        Flags = mod.Flags;
        CreatedTicks = nowTicks;
        LastUsedTicks = nowTicks;
    }

    public FlowKey Key { get; set; }

    /// <summary>Whether it matches all fields of 1.0, where it then outranks all others.</summary>
    public bool IsExact => Told.IsExact;

    /// <summary>As told in statistics and flow-removed: an exact match as it came, since normalised it would read as
    /// one with wildcards.</summary>
    public Match Match => Key.Rank == FlowKey.ExactRank ? Told : Key.Match;

    /// <summary>As told; 65,535 for an exact match of 1.0, whose priority means nothing (OpenFlow 1.0.0 section
    /// 5.3.3).</summary>
    public ushort Priority => Key.Rank == FlowKey.ExactRank ? ushort.MaxValue : _priority;

    public TableId Table { get; }

    public Cookie Cookie { get; set; }

    public ActionList Actions { get; set; }

    public FlowInstructions Instructions { get; set; }

    public ushort IdleTimeoutSeconds { get; }

    public ushort HardTimeoutSeconds { get; }

    public FlowModFlags Flags { get; }

    public bool ReportsRemoval => Flags.HasFlag(FlowModFlags.SendFlowRemoved);

    /// <summary>The rule for packets that no other matches: priority 0, every packet (1.3.5 section 5.4).</summary>
    public bool IsTableMiss => Priority == 0 && Match == Match.Any;

    public long CreatedTicks { get; }

    public long LastUsedTicks { get; private set; }

    public ulong PacketCount { get; private set; }

    public ulong ByteCount { get; private set; }

    public bool IsRemoved { get; set; }

    /// <summary>Its values' hash and the next entry in the hash table of its <see cref="MaskGroup"/>, which sets
    /// them.</summary>
    public int Hash { get; set; }

    /// <inheritdoc cref="Hash"/>
    public FlowEntry? NextInBucket { get; set; }

    /// <summary>Its place among all entries of its <see cref="FlowIndex"/>, which sets it.</summary>
    public long Order { get; set; }

    /// <inheritdoc cref="Order"/>
    public FlowEntry? Preceding { get; set; }

    /// <inheritdoc cref="Order"/>
    public FlowEntry? Following { get; set; }

    public long HardDeadlineTicks => Deadline(CreatedTicks, HardTimeoutSeconds);

    public long DeadlineTicks => Math.Min(HardDeadlineTicks, Deadline(LastUsedTicks, IdleTimeoutSeconds));

    public void Count(int frameBytes, long nowTicks)
    {
        PacketCount++;
        ByteCount += (ulong)frameBytes;
        LastUsedTicks = nowTicks;
    }

    /// <summary>The rule as it is now, whatever becomes of it.</summary>
    public FlowEntry Frozen() => (FlowEntry)MemberwiseClone();

    public void SetCounters(ulong packetCount, ulong byteCount)
    {
        PacketCount = packetCount;
        ByteCount = byteCount;
    }

    /// <summary>Whether it sends out of a port, by apply-actions or by the action set.</summary>
    public bool SendsTo(PortNumber port) =>
        Actions.SendsTo(port) || Instructions.WriteActions?.SendsTo(port) == true;

    public bool Uses(GroupId group) => Groups.Contains(group);

    /// <summary>The groups that it sends to; one may occur twice.</summary>
    public IEnumerable<GroupId> Groups => Actions.Concat(Instructions.WriteActions ?? ActionList.Drop)
        .Where(action => action.Kind == FlowActionKind.Group)
        .Select(action => new GroupId((uint)action.Value));

    public FlowStatistics ToStatistics(long nowTicks) => new()
    {
        Table = Table,
        Match = Match,
        Priority = Priority,
        Cookie = Cookie,
        Flags = Flags,
        Actions = Actions,
        Instructions = Instructions,
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
        ByteCount)
    {
        Table = Table,
        HardTimeoutSeconds = HardTimeoutSeconds,
    };

    private Match Told => _given is null ? Key.Match : _given.Value;

    private static long Deadline(long fromTicks, ushort seconds) =>
        seconds == 0 ? long.MaxValue : fromTicks + (seconds * TimeSpan.TicksPerSecond);
}
