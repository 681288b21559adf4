using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Wire;

namespace Lime.Core.Emulation.Tables;

/// <summary>A flow table of an emulated switch, as OpenFlow 1.0.0 sections 3.3, 3.4 and 4.6 and 1.3.5 sections 5.1
/// to 5.5 and 6.4 describe it.</summary>
/// <remarks>Threading: the loop's. Commands are taken as they are: whether the switch can do the actions
/// was asked before.</remarks>
internal sealed class FlowTable
{
    private readonly EmulationContext _context;
    private readonly ChangeJournal _journal;
    private readonly FlowIndex _index = new();
    private readonly FlowExpiry _expiry;
    private readonly int _capacity;
    private TableSemantics _semantics = TableSemantics.V10;

    public FlowTable(EmulationContext context, int capacity, ChangeJournal? journal = null)
    {
        _context = context;
        _capacity = capacity;
        _journal = journal ?? new ChangeJournal();
        _expiry = new FlowExpiry(context, Remove);
    }

    /// <summary>Told of each rule that goes, but not of one that an ADD replaces.</summary>
    public Action<FlowEntry, FlowRemovedReason>? Removed { get; set; }

    public int Count => _index.Count;

    public long LookupCount { get; private set; }

    public long MatchedCount { get; private set; }

    /// <summary>Whether <see cref="Match"/> wants the packet's further fields.</summary>
    public bool LooksFurther => _index.LooksFurther;

    public IReadOnlyCollection<FlowEntry> Entries => _index;

    /// <summary>How commands behave, by the version of the controller; rules keep what they do.</summary>
    public TableSemantics Semantics
    {
        get => _semantics;
        set
        {
            if (value.ExactMatchOutranksPriority != _semantics.ExactMatchOutranksPriority) RankExact(value);
            _semantics = value;
        }
    }

    /// <summary>The rule for a packet, which it counts for; null: a table miss.</summary>
    public FlowEntry? Match(in PacketFields fields, int frameBytes, FurtherFields? further = null)
    {
        LookupCount++;
        FlowEntry? entry = _index.Lookup(fields, further);
        if (entry is null) return null;
        MatchedCount++;
        entry.Count(frameBytes, _context.NowTicks);
        return entry;
    }

    /// <summary>The rule for a packet, which is not counted; null: a table miss.</summary>
    public FlowEntry? Peek(in PacketFields fields, FurtherFields? further) => _index.Lookup(fields, further);

    /// <summary>Counts a packet that met a rule of a data plane that lags behind this table; null: a miss.</summary>
    public void CountLate(FlowEntry? met, int frameBytes)
    {
        LookupCount++;
        if (met is null) return;
        MatchedCount++;
        _index.FindStrict(met.Key)?.Count(frameBytes, _context.NowTicks);
    }

    /// <summary>Counts a held packet that was sent by the flow-mod of this rule.</summary>
    public void CountHeld(in FlowMod mod, int frameBytes) =>
        _index.FindStrict(FlowKey.Of(mod, _semantics))?.Count(frameBytes, _context.NowTicks);

    public List<FlowEntry> Select(FlowFilter filter) => _index.Select(filter);

    /// <summary>Does what a flow-mod says.</summary>
    /// <returns>Why not, or null.</returns>
    public Refusal? Apply(in FlowMod mod)
    {
        if (mod.Flags.HasFlag(FlowModFlags.Emergency)) return RefuseEmergency(mod);
        switch (mod.Command)
        {
            case FlowModCommand.Add:
                return Add(mod);
            case FlowModCommand.Modify:
                return Modify(mod, _index.Select(FlowFilter.Of(mod)));
            case FlowModCommand.ModifyStrict:
                return Modify(mod, Strict(mod));
            case FlowModCommand.Delete:
                return Delete(_index.Select(FlowFilter.Of(mod)));
            case FlowModCommand.DeleteStrict:
                return Delete(Strict(mod));
            default:
                return new Refusal(ErrorType.FlowModFailed, ErrorCodes.FlowModBadCommand);
        }
    }

    /// <summary>Takes a rule out, and tells of it.</summary>
    public void Remove(FlowEntry entry, FlowRemovedReason reason)
    {
        Drop(entry);
        _journal.Announce(() => Removed?.Invoke(entry, reason));
    }

    /// <summary>There is no emergency table; one of no size is always full (section 4.6).</summary>
    private static Refusal RefuseEmergency(in FlowMod mod)
    {
        bool hasTimeout = mod.IdleTimeoutSeconds != 0 || mod.HardTimeoutSeconds != 0;
        return new Refusal(
            ErrorType.FlowModFailed, hasTimeout ? ErrorCodes.FlowModBadTimeout : ErrorCodes.TableFull);
    }

    private Refusal? Add(in FlowMod mod)
    {
        var entry = new FlowEntry(mod, _semantics, _context.NowTicks);
        if (mod.Flags.HasFlag(FlowModFlags.CheckOverlap) && _index.HasOverlap(entry.Key))
            return new Refusal(ErrorType.FlowModFailed, ErrorCodes.Overlap);
        FlowEntry? replaced = _index.FindStrict(entry.Key);
        if (replaced is null && _index.Count >= _capacity)
            return new Refusal(ErrorType.FlowModFailed, ErrorCodes.TableFull);
        if (replaced is not null)
        {
            Drop(replaced);
            bool keepsCounters = !_semantics.AddResetsCounters && !mod.Flags.HasFlag(FlowModFlags.ResetCounts);
            if (keepsCounters) entry.SetCounters(replaced.PacketCount, replaced.ByteCount);
        }
        Insert(entry);
        return null;
    }

    /// <summary>Timeouts and flags stay, and counters unless they are to be reset.</summary>
    private Refusal? Modify(in FlowMod mod, IReadOnlyList<FlowEntry> entries)
    {
        if (entries.Count == 0) return _semantics.ModifyAddsWhenMissing ? Add(mod) : null;
        foreach (FlowEntry entry in entries)
        {
            RecordState(entry);
            entry.Actions = mod.Actions;
            entry.Instructions = mod.Instructions;
            if (_semantics.ModifyChangesCookie) entry.Cookie = mod.Cookie;
            if (mod.Flags.HasFlag(FlowModFlags.ResetCounts)) entry.SetCounters(0, 0);
        }
        return null;
    }

    private Refusal? Delete(IReadOnlyList<FlowEntry> entries)
    {
        foreach (FlowEntry entry in entries) Remove(entry, FlowRemovedReason.Delete);
        return null;
    }

    private FlowEntry[] Strict(in FlowMod mod) =>
        _index.FindStrict(FlowKey.Of(mod, _semantics)) is { } entry && FlowFilter.Of(mod).Admits(entry)
            ? [entry]
            : [];

    private void Insert(FlowEntry entry)
    {
        entry.IsRemoved = false;
        _index.Add(entry);
        _expiry.Watch(entry);
        if (_journal.IsOpen) _journal.Record(() => Drop(entry));
    }

    private void Drop(FlowEntry entry)
    {
        entry.IsRemoved = true;
        _index.Remove(entry);
        _expiry.Forget(entry);
        if (_journal.IsOpen) _journal.Record(() => Insert(entry));
    }

    private void RecordState(FlowEntry entry)
    {
        if (!_journal.IsOpen) return;
        var (actions, instructions, cookie) = (entry.Actions, entry.Instructions, entry.Cookie);
        var (packetCount, byteCount) = (entry.PacketCount, entry.ByteCount);
        _journal.Record(() =>
        {
            entry.Actions = actions;
            entry.Instructions = instructions;
            entry.Cookie = cookie;
            entry.SetCounters(packetCount, byteCount);
        });
    }

    /// <summary>A controller of the other kind of version sees exact matches with a priority, or without; of two that
    /// then are the same rule the higher one stays.</summary>
    private void RankExact(TableSemantics semantics)
    {
        FlowEntry[] exact =
        [
            .. _index.Where(entry => entry.IsExact).OrderByDescending(entry => entry.Priority),
        ];
        foreach (FlowEntry entry in exact) _index.Remove(entry);
        foreach (FlowEntry entry in exact)
        {
            int rank = semantics.ExactMatchOutranksPriority ? FlowKey.ExactRank : entry.Priority;
            entry.Key = entry.Key with { Rank = rank };
            if (_index.FindStrict(entry.Key) is null)
            {
                _index.Add(entry);
                continue;
            }
            entry.IsRemoved = true;
            _expiry.Forget(entry);
        }
    }
}
