using System.Collections.Immutable;
using Lime.OpenFlow;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;
using Lime.Tests.Emulation;

namespace Lime.Tests.Reference.Rules;

/// <summary>A reference switch with ports 1 to 3 that goes from step to step.</summary>
internal sealed class ReferenceBed(OpenFlowVersion version, ReferenceOptions? options = null)
{
    private uint _xid = 100;

    public ReferenceState State { get; private set; } = ReferenceState.Create(
        version,
        Enumerable.Range(1, 3).Select(i => new PortDescription(new((uint)i), new((ulong)i), $"p{i}")),
        options);

    /// <summary>What left with the last step.</summary>
    public ImmutableArray<ReferenceOutput> Outputs { get; private set; } = [];

    /// <summary>The ports that took a frame with the last step, in order.</summary>
    public string Ports => string.Join(' ', Outputs.OfType<FrameOutput>().Select(frame => frame.Port));

    public (ErrorType Type, ushort Code)? Error => Messages<ErrorMessage>()
        .Select(error => ((ErrorType Type, ushort Code)?)(error.Type, error.Code)).SingleOrDefault();

    public IEnumerable<T> Messages<T>() where T : OpenFlowMessage =>
        Outputs.OfType<MessageOutput>().Select(output => output.Message).OfType<T>();

    public ReferenceStep Do(ReferenceInput input)
    {
        ReferenceStep step = ReferenceSwitch.Step(State, input);
        (State, Outputs) = (step.State, step.Outputs);
        return step;
    }

    public ReferenceStep Send(FlowMod mod) => Do(new FlowModInput(new(_xid++), mod));

    public ReferenceStep Send(OpenFlowMessage message) => Do(new CommandInput(new(_xid++), message));

    public ReferenceStep SendOut(ActionList actions, uint inPort = 1, byte[]? frame = null) =>
        Do(new PacketOutInput(new(_xid++), new(inPort), actions, [.. frame ?? TestFrames.Udp()]));

    public ReferenceStep Frame(uint port = 1, byte[]? frame = null) =>
        Do(new FrameInput(new(port), [.. frame ?? TestFrames.Udp()]));

    public ReferenceStep Wait(double seconds) => Do(new TimeInput(State.Now + TimeSpan.FromSeconds(seconds)));

    /// <summary>Adds a rule that sends to a port.</summary>
    public void Add(Match match, uint port, ushort priority = 10, Func<FlowMod, FlowMod>? change = null)
    {
        FlowMod mod = new() { Match = match, Priority = priority, Actions = ActionList.Output(new(port)) };
        Send(change is null ? mod : change(mod));
    }

    public ImmutableArray<FlowStatistics> Flows()
    {
        Send(new FlowStatisticsRequest(Match.Any, TableId.All, PortNumber.Any));
        return Messages<FlowStatisticsReply>().Single().Flows;
    }

    public static Match Udp => Match.Any.WithEthType(0x0800).WithIpProtocol(17);
}
