using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Wire;

namespace Lime.Core.Emulation.Tables;

/// <summary>The rules that packets meet: those of the tables, or, in a switch whose barriers lie, those that the tables
/// had a while ago; with or without a cache of flows before them.</summary>
/// <remarks>Counters, timeouts and statistics are those of the tables: a packet counts there, under the rule with the
/// key of the one it has met. Threading: the loop's.</remarks>
internal sealed class DataPlane
{
    private readonly EmulationContext _context;
    private readonly FlowTables _tables;
    private readonly FlowTables _late;
    private readonly Queue<(long DueTicks, FlowMod Mod)> _coming = new();
    private readonly Dictionary<(TableId Table, PacketFields Fields), FlowEntry?> _cache = [];
    private readonly Alarm _due;
    private readonly long _delayTicks;
    private readonly long _roundTicks;
    private long _round;

    /// <param name="context">Clock and loop.</param>
    /// <param name="tables">What the switch says it has.</param>
    /// <param name="options">How much the data plane lags behind that.</param>
    public DataPlane(EmulationContext context, FlowTables tables, EmulatedSwitchOptions options)
    {
        _context = context;
        _tables = tables;
        _delayTicks = options.DataPlaneDelay.Ticks;
        _roundTicks = options.FlowCacheInterval.Ticks;
        _late = _delayTicks == 0
            ? tables
            : new FlowTables(context, options.TableCount, int.MaxValue, new ChangeJournal());
        _due = new Alarm(context, TakeDue);
    }

    public TableSemantics Semantics
    {
        set => _late.Semantics = value;
    }

    /// <summary>Whether <see cref="Match"/> wants the packet's further fields.</summary>
    public bool LooksFurther(TableId table) => _late.Find(table) is { LooksFurther: true };

    /// <summary>The tables have done a flow-mod: it takes effect here in its time.</summary>
    public void Follow(in FlowMod mod)
    {
        if (_delayTicks == 0) return;
        _coming.Enqueue((_context.NowTicks + _delayTicks, mod with
        {
            IdleTimeoutSeconds = 0,
            HardTimeoutSeconds = 0,
            Flags = default,
            BufferId = BufferId.None,
        }));
        if (!_due.IsSet) _due.SetAt(_coming.Peek().DueTicks);
    }

    /// <summary>A rule has gone from the tables without a command.</summary>
    public void Follow(FlowEntry gone)
    {
        if (_delayTicks == 0) return;
        Follow(new FlowMod
        {
            Command = FlowModCommand.DeleteStrict,
            Match = gone.Match,
            Priority = gone.Priority,
            Table = gone.Table,
        });
    }

    /// <summary>The rule for a packet, which it counts for; null: a table miss.</summary>
    /// <param name="table">The table it is in.</param>
    /// <param name="packet">What it looks like.</param>
    /// <param name="frameBytes">Its length.</param>
    /// <param name="isCached">Whether it passes by the cache of flows.</param>
    public FlowEntry? Match(TableId table, in PacketLook packet, int frameBytes, bool isCached)
    {
        if (_tables.Find(table) is not { } shown) return null;
        if (_late == _tables && _roundTicks == 0) return shown.Match(packet.Fields, frameBytes, packet.Further);
        FlowEntry? met = isCached && _roundTicks > 0
            ? FromCache(table, packet)
            : _late.Find(table)?.Peek(packet.Fields, packet.Further);
        shown.CountLate(met, frameBytes);
        return met;
    }

    private FlowEntry? FromCache(TableId table, in PacketLook packet)
    {
        long round = _context.NowTicks / _roundTicks;
        if (round != _round) _cache.Clear();
        _round = round;
        if (_cache.TryGetValue((table, packet.Fields), out FlowEntry? known)) return known;
        FlowEntry? met = _late.Find(table)?.Peek(packet.Fields, packet.Further)?.Frozen();
        _cache[(table, packet.Fields)] = met;
        return met;
    }

    private void TakeDue()
    {
        while (_coming.TryPeek(out (long DueTicks, FlowMod Mod) next))
        {
            if (next.DueTicks > _context.NowTicks)
            {
                _due.SetAt(next.DueTicks);
                return;
            }
            _coming.Dequeue();
            _late.Apply(next.Mod);
        }
    }
}
