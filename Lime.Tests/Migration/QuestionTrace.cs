using System.Buffers.Binary;
using Lime.Core.Emulation;
using Lime.OpenFlow.Identifiers;

namespace Lime.Tests.Migration;

/// <summary>Two hosts: one asks every 0.7 ms, the other answers at once. Which version of a rule each packet
/// met is in its type of service.</summary>
internal sealed class QuestionTrace
{
    private const ushort Port = 9;
    private const int TosAt = 15;
    private const int NumberAt = 42;
    private readonly FigureThreeBed _lab;
    private readonly Dictionary<uint, int> _questions = [];
    private readonly Dictionary<uint, int> _answers = [];
    private uint _last;

    public QuestionTrace(FigureThreeBed lab)
    {
        _lab = lab;
        lab.H2.ReceiveUdp(Port, (EmulatedHost host, in UdpDatagram datagram) =>
            host.SendUdp(datagram.Source, Port, Port, datagram.Payload));
        lab.H1.ReceiveUdp(Port, (EmulatedHost _, in UdpDatagram _) => { });
        lab.Bed.Network.Tap = Look;
    }

    public int Exchanges => _answers.Count;

    public int Unanswered => (int)_last - _answers.Count;

    /// <summary>How many versions were met.</summary>
    public int Versions => _questions.Values.Concat(_answers.Values).Distinct().Count();

    /// <summary>Answers that met an older version than their question.</summary>
    public IEnumerable<string> Violations => _answers.Where(each => each.Value < _questions[each.Key])
        .Select(each => $"question {each.Key} met {_questions[each.Key]}, its answer {each.Value}");

    public ITimer Ask()
    {
        TimeSpan interval = TimeSpan.FromMilliseconds(0.7);
        return _lab.Bed.Loop.Time.CreateTimer(_ => SendNext(), null, interval, interval);
    }

    private void SendNext()
    {
        var number = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(number, ++_last);
        _lab.H1.SendUdp(_lab.H2.Ip, Port, Port, number);
    }

    private void Look(in FrameEvent frameEvent)
    {
        bool isToHost = frameEvent.Kind == FrameEventKind.Delivered && frameEvent.To.Node.StartsWith('h');
        if (!isToHost || frameEvent.Frame.Length < NumberAt + 4 || frameEvent.Frame[23] != 17) return;
        uint number = BinaryPrimitives.ReadUInt32BigEndian(frameEvent.Frame[NumberAt..]);
        (frameEvent.To.Node == "h2" ? _questions : _answers)[number] = frameEvent.Frame[TosAt] >> 2;
    }
}
