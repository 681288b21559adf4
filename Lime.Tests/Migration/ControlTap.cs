using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using Lime.Core.Hosting;

namespace Lime.Tests.Migration;

/// <summary>Numbers the control messages of all switches, in the order in which they leave or reach the controller,
/// and lets a test act between any two of them.</summary>
internal sealed class ControlTap
{
    private readonly Dictionary<string, TappedLine> _lines = [];

    /// <summary>Messages so far, since <see cref="Reset"/>.</summary>
    public List<TappedMessage> Seen { get; } = [];

    /// <summary>Called before each message passes; false: it is lost.</summary>
    public Func<TappedMessage, bool>? Before { get; set; }

    /// <summary>Called after each message has passed.</summary>
    public Action<TappedMessage>? After { get; set; }

    public void Reset() => Seen.Clear();

    /// <summary>Puts itself between the controller and a switch.</summary>
    public IDuplexPipe Wire(EventLoop loop, string name, IDuplexPipe inner)
    {
        var line = new TappedLine(loop, inner, (isToSwitch, frame) => Take(name, isToSwitch, frame), Passed);
        _lines[name] = line;
        return line;
    }

    /// <summary>Ends a switch's connection as a cut cable would, on both sides at once.</summary>
    public void Cut(string name) => _lines[name].Cut();

    private TappedMessage? Take(string name, bool isToSwitch, ReadOnlySequence<byte> frame)
    {
        Span<byte> head = stackalloc byte[8];
        frame.Slice(0, 8).CopyTo(head);
        var message = new TappedMessage(
            Seen.Count, name, isToSwitch, head[1], BinaryPrimitives.ReadUInt32BigEndian(head[4..]));
        Seen.Add(message);
        return Before?.Invoke(message) == false ? null : message;
    }

    private void Passed(TappedMessage message) => After?.Invoke(message);
}
