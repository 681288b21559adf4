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
    /// <summary>Between two inputs: no sum of a hundred is near a whole second, so that no timeout falls on an
    /// input.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromTicks(100_037);

    private const int TriesMax = 6;

    private const uint FirstXid = 0x10_0000;

    private readonly Random _random;
    private readonly OpenFlowVersion _version;
    private readonly ImmutableArray<PortDescription> _ports;
    private readonly GeneratedFrames _frames;
    private readonly GeneratedRules _rules;
    private uint _xid = FirstXid;

    public SequenceGenerator(OpenFlowVersion version, int seed, ImmutableArray<PortDescription> ports)
    {
        _version = version;
        _random = new Random(seed);
        _ports = ports;
        _frames = new GeneratedFrames(_random, version);
        _rules = new GeneratedRules(_frames, version);
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
            yield return new TimeInput(state().Now + Pace + TimeSpan.FromSeconds(seconds));
            yield return Next(state());
        }
        foreach (MultipartRequest request in AllRequests())
        {
            yield return new TimeInput(state().Now + Pace);
            yield return new CommandInput(NextXid(), request);
        }
    }

    private Xid NextXid() => new(_xid++);

    private ReferenceInput Next(ReferenceState state) => _random.Next(100) switch
    {
        < 32 => Determined(state, () => new FrameInput(AnyPort(), _frames.Next())),
        < 68 => new FlowModInput(NextXid(), _rules.FlowMod()),
        < 76 => Determined(state, PacketOut),
        < 82 when !Is10 => new CommandInput(NextXid(), _rules.GroupMod()),
        < 86 when !Is10 => new CommandInput(NextXid(), _rules.MeterMod()),
        < 88 => new CommandInput(NextXid(), PortMod()),
        < 89 => new CommandInput(NextXid(), new SetConfig(_frames.One<ushort>(0, 0, 1), _frames.One<ushort>(0, 64, 128))),
        < 91 => new LinkInput(AnyPort(), _frames.Chance(0.6)),
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

    private PacketOutInput PacketOut()
    {
        PortNumber none = Is10 ? PortNumber.Any : PortNumber.Controller;
        var actions = _frames.Chance(0.3)
            ? Lime.OpenFlow.Actions.ActionList.Output(PortNumber.Table)
            : _rules.Actions(null);
        return new PacketOutInput(NextXid(), _frames.Chance(0.5) ? none : AnyPort(), actions, _frames.Next());
    }

    private PortNumber AnyPort() => _frames.One([.. _ports]).Port;

    private PortMod PortMod()
    {
        PortDescription port = _frames.One([.. _ports]);
        PortConfig bit = _frames.One(
            PortConfig.PortDown, PortConfig.NoReceive, PortConfig.NoForward, PortConfig.NoPacketIn);
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
        yield return new PortStatisticsRequest(AnyPort());
        if (Is10) yield break;
        yield return new GroupStatisticsRequest(new(_frames.One<uint>(1, 2, 3)));
        yield return new MeterStatisticsRequest(new(_frames.One<uint>(1, 2)));
        yield return new MeterConfigurationRequest(new(_frames.One<uint>(1, 2)));
    }

    private IEnumerable<MultipartRequest> AllRequests()
    {
        yield return new FlowStatisticsRequest(Match.Any, TableId.All, PortNumber.Any);
        yield return new AggregateStatisticsRequest(Match.Any, TableId.All, PortNumber.Any);
        yield return new TableStatisticsRequest();
        yield return new PortStatisticsRequest(PortNumber.Any);
        if (Is10) yield break;
        yield return new PortDescriptionRequest();
        yield return new GroupStatisticsRequest(GroupId.All);
        yield return new GroupDescriptionRequest();
        yield return new MeterStatisticsRequest(MeterId.All);
        yield return new MeterConfigurationRequest(MeterId.All);
    }
}
