using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Emulation.Tables;

/// <summary>The flow table of an emulated switch, as OpenFlow 1.0.0 sections 3.3, 3.4 and 4.6 describe
/// it.</summary>
/// <remarks>Threading: the loop's. Commands are taken as they are: whether the switch can do the actions
/// was asked before.</remarks>
internal sealed class FlowTable
{
    private readonly EmulationContext _context;
    private readonly FlowIndex _index = new();
    private readonly FlowExpiry _expiry;
    private readonly int _capacity;

    public FlowTable(EmulationContext context, int capacity)
    {
        _context = context;
        _capacity = capacity;
        _expiry = new FlowExpiry(context, Remove);
    }

    /// <summary>Told of each rule that goes, but not of one that an ADD replaces.</summary>
    public Action<FlowEntry, FlowRemovedReason>? Removed { get; set; }

    public int Count => _index.Count;

    public long LookupCount { get; private set; }

    public long MatchedCount { get; private set; }

    /// <summary>The rule for a packet, which it counts for; null: a table miss.</summary>
    public FlowEntry? Match(in PacketFields fields, int frameBytes)
    {
        LookupCount++;
        FlowEntry? entry = _index.Lookup(fields);
        if (entry is null) return null;
        MatchedCount++;
        entry.Count(frameBytes, _context.NowTicks);
        return entry;
    }

    /// <summary>Counts a held packet that was sent by the flow-mod of this rule.</summary>
    public void CountHeld(in FlowKey key, int frameBytes) =>
        _index.FindStrict(key)?.Count(frameBytes, _context.NowTicks);

    public List<FlowEntry> Select(in Match match, PortNumber outPort) => _index.Select(match, outPort);

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
                return Modify(mod, _index.Select(mod.Match, PortNumber.Any));
            case FlowModCommand.ModifyStrict:
                return Modify(mod, Strict(mod));
            case FlowModCommand.Delete:
                return Delete(_index.Select(mod.Match, mod.OutPort));
            case FlowModCommand.DeleteStrict:
                return Delete(Strict(mod).Where(SendsTo(mod.OutPort)));
            default:
                return new Refusal(ErrorType.FlowModFailed, ErrorCodes.FlowModBadCommand);
        }
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
        var entry = new FlowEntry(mod, _context.NowTicks);
        if (mod.Flags.HasFlag(FlowModFlags.CheckOverlap) && _index.HasOverlap(entry.Key))
            return new Refusal(ErrorType.FlowModFailed, ErrorCodes.Overlap);
        FlowEntry? replaced = _index.FindStrict(entry.Key);
        if (replaced is not null) Drop(replaced);
        else if (_index.Count >= _capacity)
            return new Refusal(ErrorType.FlowModFailed, ErrorCodes.TableFull);
        _index.Add(entry);
        _expiry.Watch(entry);
        return null;
    }

    /// <summary>Counters, timeouts and flags stay; a MODIFY that finds nothing is an ADD.</summary>
    private Refusal? Modify(in FlowMod mod, IReadOnlyList<FlowEntry> entries)
    {
        if (entries.Count == 0) return Add(mod);
        foreach (FlowEntry entry in entries)
        {
            entry.Actions = mod.Actions;
            entry.Cookie = mod.Cookie;
        }
        return null;
    }

    private Refusal? Delete(IEnumerable<FlowEntry> entries)
    {
        foreach (FlowEntry entry in entries) Remove(entry, FlowRemovedReason.Delete);
        return null;
    }

    private FlowEntry[] Strict(in FlowMod mod) =>
        _index.FindStrict(FlowKey.Of(mod)) is { } entry ? [entry] : [];

    private void Remove(FlowEntry entry, FlowRemovedReason reason)
    {
        Drop(entry);
        Removed?.Invoke(entry, reason);
    }

    private void Drop(FlowEntry entry)
    {
        entry.IsRemoved = true;
        _index.Remove(entry);
        _expiry.Forget(entry);
    }

    private static Func<FlowEntry, bool> SendsTo(PortNumber outPort) =>
        entry => outPort == PortNumber.Any || entry.Actions.SendsTo(outPort);
}
