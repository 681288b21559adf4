using System.Buffers;
using System.Diagnostics;
using Lime.Benchmarks.Fleet;
using Lime.OpenFlow;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Wire;

namespace Lime.Benchmarks.Cbench;

/// <summary>What a generated switch says besides packet-ins: the handshake, and answers to a controller's
/// questions.</summary>
/// <remarks>Answers everything that an empty switch can, where the original cbench is silent: a handshake that waits
/// for statistics goes on. Threading: one thread.</remarks>
internal sealed class SwitchDialogue
{
    private const int Ports = 4;

    /// <summary>How long a 1.3 controller may take to ask for the ports; many never do.</summary>
    private static readonly TimeSpan PortsWait = TimeSpan.FromMilliseconds(500);

    private readonly OpenFlowCodec _codec;
    private readonly FleetAnswers _answers;
    private readonly ArrayBufferWriter<byte> _toSend = new(256);
    private long _featuresTicks;
    private bool _hasToldPorts;

    public SwitchDialogue(OpenFlowCodec codec, DatapathId datapath)
    {
        _codec = codec;
        _answers = new FleetAnswers(codec, datapath, Ports);
        Say(_answers.Hello, 1);
    }

    /// <summary>What is to be sent, in order.</summary>
    public ReadOnlySpan<byte> ToSend => _toSend.WrittenSpan;

    /// <summary>Control messages that could not be read.</summary>
    public int Unreadable { get; private set; }

    /// <summary>Whether the controller knows the switch, so that packet-ins make sense to it.</summary>
    public bool IsIntroduced =>
        _hasToldPorts || (_featuresTicks != 0 && Stopwatch.GetElapsedTime(_featuresTicks) > PortsWait);

    /// <summary>The bytes of <see cref="ToSend"/> are sent.</summary>
    public void Sent() => _toSend.ResetWrittenCount();

    /// <summary>Says something as it is.</summary>
    public void Say(ReadOnlySpan<byte> frame) => _toSend.Write(frame);

    /// <summary>Takes a message that is neither flow-mod nor packet-out.</summary>
    public void Take(ReadOnlySpan<byte> frame)
    {
        FrameHeader header = FrameHeader.Read(frame);
        try
        {
            if (_codec.KindOf(header.Type) == MessageKind.Hello) return;
            OpenFlowMessage message = _codec.ReadMessage(frame);
            if (AnswerTo(message) is not { } answer) return;
            Say(answer, header.Xid.Value);
            if (answer is FeaturesReply) _featuresTicks = Stopwatch.GetTimestamp();
            _hasToldPorts |= _answers.EndsHandshake(answer);
        }
        catch (OpenFlowProtocolException)
        {
            Unreadable++;
        }
    }

    /// <summary>A vendor's message is refused, as cbench refuses it: some controllers wait for that.</summary>
    private OpenFlowMessage? AnswerTo(OpenFlowMessage message) => message is ExperimenterMessage
        ? new ErrorMessage(ErrorType.BadRequest, ErrorCodes.BadExperimenter, [])
        : _answers.To(message);

    private void Say(OpenFlowMessage message, uint xid)
    {
        int bytes = _codec.SizeOf(message);
        _codec.Write(_toSend.GetSpan(bytes)[..bytes], new Xid(xid), message);
        _toSend.Advance(bytes);
    }
}
