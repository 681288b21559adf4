using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Wire;

namespace Lime.Core.Emulation.Tables;

/// <summary>The flow tables of an emulated switch, in the order of their numbers.</summary>
/// <remarks>Threading: the loop's.</remarks>
internal sealed class FlowTables
{
    private readonly FlowTable[] _tables;

    /// <param name="context">Clock and loop.</param>
    /// <param name="count">How many, 1 to 255.</param>
    /// <param name="capacity">Rules that each of them holds.</param>
    /// <param name="journal">Where changes are noted that may be taken back.</param>
    public FlowTables(EmulationContext context, int count, int capacity, ChangeJournal journal)
    {
        _tables = new FlowTable[count];
        for (int i = 0; i < count; i++) _tables[i] = new FlowTable(context, capacity, journal);
    }

    public int Count => _tables.Length;

    public int FlowCount => _tables.Sum(table => table.Count);

    public long LookupCount => _tables.Sum(table => table.LookupCount);

    public long MatchedCount => _tables.Sum(table => table.MatchedCount);

    public FlowTable First => _tables[0];

    public IReadOnlyList<FlowTable> All => _tables;

    public IEnumerable<FlowEntry> Entries => _tables.SelectMany(table => table.Entries);

    public TableSemantics Semantics
    {
        get => First.Semantics;
        set
        {
            foreach (FlowTable table in _tables) table.Semantics = value;
        }
    }

    /// <summary>Told of each rule that goes, but not of one that an ADD replaces.</summary>
    public Action<FlowEntry, FlowRemovedReason>? Removed
    {
        set
        {
            foreach (FlowTable table in _tables) table.Removed = value;
        }
    }

    public FlowTable? Find(TableId table) => table.Value < _tables.Length ? _tables[table.Value] : null;

    public IEnumerable<FlowEntry> Select(TableId table, FlowFilter filter) => table == TableId.All
        ? _tables.SelectMany(each => each.Select(filter))
        : Find(table)?.Select(filter) ?? [];

    /// <summary>Does what a flow-mod says, in its table; a delete may be for all of them (1.3.5 section
    /// 6.4).</summary>
    /// <returns>Why not, or null.</returns>
    public Refusal? Apply(in FlowMod mod)
    {
        if (Find(mod.Table) is { } table) return table.Apply(mod);
        bool isForAll = mod.Table == TableId.All
            && mod.Command is FlowModCommand.Delete or FlowModCommand.DeleteStrict;
        if (!isForAll) return new Refusal(ErrorType.FlowModFailed, ErrorCodes.FlowModBadTableId);
        foreach (FlowTable each in _tables) each.Apply(mod);
        return null;
    }

    /// <summary>Takes out every rule for which this holds.</summary>
    public void RemoveWhere(Func<FlowEntry, bool> isMeant, FlowRemovedReason reason)
    {
        foreach (FlowTable table in _tables)
        {
            foreach (FlowEntry entry in table.Entries.Where(isMeant).ToArray()) table.Remove(entry, reason);
        }
    }
}
