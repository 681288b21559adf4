using BenchmarkDotNet.Attributes;
using Lime.Core.Networks;
using Lime.Core.Translation;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;

namespace Lime.Benchmarks.Translation;

/// <summary>A virtual rule's way to an instance's port numbers.</summary>
[MemoryDiagnoser]
public class RuleTranslationBenchmarks
{
    private readonly List<PhysicalRule> _into = [];
    private readonly Match _fromPort = Match.Any.WithInPort(new PortNumber(1)).WithEthType(0x0800)
        .WithIpv4Destination(new Ipv4Address(0x0a00_0001));
    private readonly Match _fromAny = Match.Any.WithEthType(0x0800)
        .WithIpv4Destination(new Ipv4Address(0x0a00_0001));
    private readonly InstructionSet _output = new(ActionList.Output(new PortNumber(2)), FlowInstructions.None);
    private readonly InstructionSet _flood = new(ActionList.Flood, FlowInstructions.None);
    private InstanceMap _map = InstanceMap.Identity;

    /// <summary>Ports of the switch that are somewhere else at the instance; 0: all numbers agree.</summary>
    [Params(0, 4, 48)]
    public int MappedPorts { get; set; }

    /// <summary>Makes the map.</summary>
    [GlobalSetup]
    public void Map() => _map = MappedPorts == 0
        ? InstanceMap.Identity
        : InstanceMap.Of(Enumerable.Range(1, MappedPorts).Select(port =>
            new PortMapping(new PortNumber((uint)port), new PortNumber((uint)port + 100))));

    /// <summary>A rule of one ingress port that sends to one port.</summary>
    [Benchmark]
    public int Output() => Translate(_fromPort, _output);

    /// <summary>A rule of any ingress port that sends to one port.</summary>
    [Benchmark]
    public int OutputFromAny() => Translate(_fromAny, _output);

    /// <summary>A rule that floods: one for each ingress port, with the others named.</summary>
    [Benchmark]
    public int Flood() => Translate(_fromAny, _flood);

    /// <summary>The virtual match of an instance's rule.</summary>
    [Benchmark]
    public bool ToVirtual()
    {
        Match physical = MappedPorts == 0 ? _fromPort : _fromPort.WithInPort(new PortNumber(101));
        return RuleTranslation.TryToVirtual(physical, _map, out _);
    }

    private int Translate(in Match match, in InstructionSet instructions)
    {
        _into.Clear();
        RuleTranslation.Translate(match, instructions, _map, _into);
        return _into.Count;
    }
}
