using System.Collections.Immutable;
using Lime.OpenFlow;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Tests.Reference.Comparison;

/// <summary>Makes sequences of commands, packets, link changes and pauses from a seed.</summary>
/// <remarks>Where the specification leaves open what happens (two rules of one rank on one packet), another packet is
/// taken.</remarks>
internal sealed class SequenceGenerator
{
    private readonly TimeSpan _pace;

    private const int TriesMax = 6;

    private const uint FirstXid = 0x10_0000;

    private readonly Random _random;
    private readonly OpenFlowVersion _version;
    private readonly ImmutableArray<PortDescription> _ports;
    private readonly GeneratedFrames _frames;
    private readonly GeneratedRules _rules;
    private readonly GeneratorOptions _options;
    private uint _xid = FirstXid;

    public SequenceGenerator(
        OpenFlowVersion version, int seed, ImmutableArray<PortDescription> ports, GeneratorOptions? options = null)
    {
        _options = options ?? new GeneratorOptions();
        _pace = _options.Pace;
        _version = version;
        _random = new Random(seed);
        _ports = ports;
        _frames = new GeneratedFrames(_random, version);
        _rules = new GeneratedRules(_frames, version, _options);
    }

    private bool Is10 => _version == OpenFlowVersion.V10;

    /// <summary>Inputs with pauses between them, and at the end requests for all that can be counted.</summary>
    /// <param name="state">The reference's present state.</param>
    /// <param name="count">How many, without pauses and requests.</param>
    public IEnumerable<ReferenceInput> Inputs(Func<ReferenceState> state, int count)
    {
        for (int i = 0; i < count; i++)
        {
            int seconds = _frames.One(0, 0, 0, 0, 0, 0, 1, 2, 3);
            yield return new TimeInput(state().Now + _pace + TimeSpan.FromSeconds(seconds));
            ReferenceInput input = Next(state());
            yield return input;
            if (_options.AsksForCounters && input is FrameInput or PacketOutInput)
                yield return new CommandInput(
                    NextXid(), new FlowStatisticsRequest(Match.Any, TableId.All, PortNumber.Any));
        }
        foreach (MultipartRequest request in AllRequests())
        {
            yield return new TimeInput(state().Now + _pace);
            yield return new CommandInput(NextXid(), request);
        }
    }

    private Xid NextXid() => new(_xid++);

    private ReferenceInput Next(ReferenceState state) => _random.Next(100) switch
    {
        < 32 => Determined(state, () => new FrameInput(AnyPort(), _frames.Next())),
        < 68 => new FlowModInput(NextXid(), _rules.FlowMod()),
        < 76 => Determined(state, () => PacketOut(state)),
        < 82 when !Is10 => new CommandInput(NextXid(), _rules.GroupMod()),
        < 86 when !Is10 && _options.HasMeters => new CommandInput(NextXid(), _rules.MeterMod()),
        < 88 => new CommandInput(NextXid(), PortMod()),
        < 89 => new CommandInput(NextXid(),
            new SetConfig(_frames.One<ushort>(0, 0, 1), _frames.One<ushort>(0, 64, 128))),
        < 91 when _options.HasLinks => new LinkInput(AnyPort(), _frames.Chance(0.6)),
        < 93 => new CommandInput(NextXid(), new BarrierRequest()),
        < 94 => new CommandInput(NextXid(), new GetConfigRequest()),
        _ => new CommandInput(NextXid(), _frames.One([.. SomeRequests()])),
    };

    /// <summary>An input with one outcome only; a barrier if none is found.</summary>
    private ReferenceInput Determined(ReferenceState state, Func<ReferenceInput> make)
    {
        for (int i = 0; i < TriesMax; i++)
        {
            ReferenceInput input = make();
            if (!ReferenceSwitch.Step(state, input).IsOpen) return input;
        }
        return new CommandInput(NextXid(), new BarrierRequest());
    }

    private PacketOutInput PacketOut(ReferenceState state)
    {
        PortNumber from = AnyPort();
        bool isBarred = state.Ports[from.Value].Config.HasFlag(PortConfig.NoReceive);
        PortNumber none = Is10 ? PortNumber.Any : PortNumber.Controller;
        bool usesNone = _frames.Chance(0.5) || (isBarred && !_options.SendsFromBarredPorts);
        var actions = _frames.Chance(0.3)
            ? Lime.OpenFlow.Actions.ActionList.Output(PortNumber.Table)
            : _rules.Actions(null);
        return new PacketOutInput(NextXid(), usesNone ? none : from, actions, _frames.Next());
    }

    private PortNumber AnyPort() => _frames.One([.. _ports]).Port;

    private PortMod PortMod()
    {
        PortDescription port = _frames.One([.. _ports]);
        PortConfig bit = _frames.One(
            _options.HasLinks ? PortConfig.PortDown : PortConfig.NoReceive, PortConfig.NoReceive,
            PortConfig.NoForward, PortConfig.NoPacketIn);
        if (Is10 && _frames.Chance(0.3)) bit = PortConfig.NoFlood;
        MacAddress address = _frames.Chance(0.1) ? new(1) : port.HardwareAddress;
        PortNumber number = _frames.Chance(0.1) ? new(77) : port.Port;
        return new PortMod(number, address, _frames.Chance(0.4) ? bit : PortConfig.None, bit, PortFeatures.None);
    }

    private IEnumerable<MultipartRequest> SomeRequests()
    {
        TableId table = new(Is10 ? (byte)255 : _frames.One<byte>(0, 1, 255, 9));
        PortNumber outPort = _frames.Chance(0.3) ? new(1) : PortNumber.Any;
        yield return new FlowStatisticsRequest(_rules.Match(), table, outPort)
        {
            Cookie = new(Is10 ? 0u : 1),
            CookieMask = new(!Is10 && _frames.Chance(0.3) ? 1u : 0),
        };
        yield return new AggregateStatisticsRequest(_rules.Match(), table, outPort);
        if (_options.CountsDevices) yield return new PortStatisticsRequest(AnyPort());
        if (Is10) yield break;
        yield return new GroupStatisticsRequest(new(_frames.One<uint>(1, 2, 3)));
        if (!_options.HasMeters) yield break;
        yield return new MeterStatisticsRequest(new(_frames.One<uint>(1, 2)));
        yield return new MeterConfigurationRequest(new(_frames.One<uint>(1, 2)));
    }

    private IEnumerable<MultipartRequest> AllRequests()
    {
        yield return new FlowStatisticsRequest(Match.Any, TableId.All, PortNumber.Any);
        yield return new AggregateStatisticsRequest(Match.Any, TableId.All, PortNumber.Any);
        if (_options.CountsDevices) yield return new TableStatisticsRequest();
        if (_options.CountsDevices) yield return new PortStatisticsRequest(PortNumber.Any);
        if (Is10) yield break;
        if (_options.HasLinks) yield return new PortDescriptionRequest();
        yield return new GroupStatisticsRequest(GroupId.All);
        yield return new GroupDescriptionRequest();
        if (!_options.HasMeters) yield break;
        yield return new MeterStatisticsRequest(MeterId.All);
        yield return new MeterConfigurationRequest(MeterId.All);
    }
}
