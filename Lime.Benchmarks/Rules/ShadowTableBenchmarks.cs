using BenchmarkDotNet.Attributes;
using Lime.Core.Rules;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Wire;

namespace Lime.Benchmarks.Rules;

/// <summary>The shadow table's commands and lookups, at rest at some size.</summary>
/// <remarks>What changes the table puts it back in the same operation, so that its size stays; each names what one
/// operation is.</remarks>
[MemoryDiagnoser]
public class ShadowTableBenchmarks
{
    private static readonly RuleSelection Everywhere =
        new(TableId.All, PortNumber.Any, GroupId.Any, default, default);

    private readonly List<RuleChange> _changes = [];
    private ShadowFlowTable _table = new(TableSemantics.V10, 1);
    private FlowMod[] _rules = [];
    private PacketFields[] _packets = [];
    private int _next;

    /// <summary>Rules in the table.</summary>
    [Params(1_000, 10_000, 100_000, 1_000_000)]
    public int Rules { get; set; }

    /// <summary>Fills the table.</summary>
    [GlobalSetup]
    public void Fill()
    {
        _table = new ShadowFlowTable(OpenFlowCodecs.V13.Semantics, 2 * Rules);
        _rules = [.. Enumerable.Range(0, Rules).Select(BenchmarkRules.Add)];
        _packets = [.. Enumerable.Range(0, Rules).Select(BenchmarkRules.Packet)];
        foreach (FlowMod each in _rules) _table.TryAdd(each, default, 0, out _);
    }

    /// <summary>An ADD of a rule that is there: what a learning switch does on the packet path.</summary>
    [Benchmark]
    public bool AddAgain() => _table.TryAdd(_rules[Next()], default, 1, out _);

    /// <summary>A strict MODIFY.</summary>
    [Benchmark]
    public int ModifyStrict()
    {
        _changes.Clear();
        _table.TryModify(_rules[Next()] with { Command = FlowModCommand.ModifyStrict }, default, 1, _changes);
        return _changes.Count;
    }

    /// <summary>A strict DELETE, and an ADD of the same rule, which is a new one then.</summary>
    [Benchmark]
    public bool DeleteStrictAndAdd()
    {
        FlowMod rule = _rules[Next()];
        _changes.Clear();
        _table.Delete(rule with { Command = FlowModCommand.DeleteStrict }, _changes);
        return _table.TryAdd(rule, default, 1, out _);
    }

    /// <summary>A non-strict MODIFY that covers one rule.</summary>
    [Benchmark]
    public int ModifyNonStrict()
    {
        _changes.Clear();
        _table.TryModify(_rules[Next()] with { Command = FlowModCommand.Modify }, default, 1, _changes);
        return _changes.Count;
    }

    /// <summary>A non-strict DELETE that covers one rule, and an ADD of that rule.</summary>
    [Benchmark]
    public bool DeleteNonStrictAndAdd()
    {
        FlowMod rule = _rules[Next()];
        _changes.Clear();
        _table.Delete(rule with { Command = FlowModCommand.Delete, OutPort = PortNumber.Any }, _changes);
        return _table.TryAdd(rule, default, 1, out _);
    }

    /// <summary>The rule that a packet meets.</summary>
    [Benchmark]
    public int Lookup() => _table.Lookup(_packets[Next()])!.Priority;

    /// <summary>A question for all that goes to an address, which covers one rule of many that look at more.</summary>
    [Benchmark]
    public int SelectWide()
    {
        Match narrow = _rules[Next()].Match;
        Match wide = narrow.Without(FieldMasks.InPort).Without(FieldMasks.Ipv4Source(32));
        return _table.Select(wide, Everywhere).Count;
    }

    /// <summary>Whether a rule, which isn't there, overlaps one that is.</summary>
    [Benchmark]
    public bool HasOverlap() => _table.HasOverlap(_rules[Next()] with { Match = Match.Any.WithIpProtocol(17) });

    /// <summary>Strides through the table so that neighbours in time aren't neighbours in memory.</summary>
    private int Next() => _next = (_next + 7919) % Rules;
}
