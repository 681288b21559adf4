using System.Buffers;
using System.Text;
using Lime.Core.Ovsdb;
using NUnit.Framework;

namespace Lime.Tests.Ovsdb;

/// <remarks>Goal: messages are cut as the brackets say, however they arrive. Method: the same bytes in all
/// pieces.</remarks>
public class JsonScannerTests
{
    private const string Tricky = """ {"a":"}\"]\\","b":[{},[1,"[\\\"{"]]}""";

    private static readonly string[] Both = [Tricky.Trim(), "{}"];

    /// <summary>Gives the scanner the pieces one after the other, as a pipe does.</summary>
    private static List<string> Scan(JsonScanner scanner, IEnumerable<string> pieces)
    {
        var found = new List<string>();
        ReadOnlySequence<byte> buffer = default;
        foreach (string piece in pieces)
        {
            buffer = Append(buffer, Encoding.UTF8.GetBytes(piece));
            while (scanner.TryTake(ref buffer, out ReadOnlySequence<byte> message))
                found.Add(Encoding.UTF8.GetString(message));
        }
        return found;
    }

    private static ReadOnlySequence<byte> Append(ReadOnlySequence<byte> buffer, byte[] bytes)
    {
        var first = new Segment(buffer.ToArray(), 0);
        Segment last = first.Append(bytes);
        return new ReadOnlySequence<byte>(first, 0, last, bytes.Length);
    }

    private static JsonScanner New(int bytesMax = 1024) => new(bytesMax);

    [Test]
    public void Two_messages_are_found_wherever_the_stream_is_split()
    {
        const string Stream = Tricky + "\r\n\t {}";
        for (int cut = 0; cut <= Stream.Length; cut++)
            Assert.That(Scan(New(), [Stream[..cut], Stream[cut..]]), Is.EqualTo(Both), $"cut at {cut}");
    }

    [Test]
    public void Two_messages_are_found_byte_by_byte() =>
        Assert.That(Scan(New(), (Tricky + "{}").Select(each => $"{each}")), Is.EqualTo(Both));

    [Test]
    public void White_space_alone_is_taken_and_is_no_message()
    {
        JsonScanner scanner = New();
        var buffer = new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(" \n"));
        Assert.That(scanner.TryTake(ref buffer, out _), Is.False);
        Assert.That(buffer.IsEmpty, Is.True);
        Assert.That(scanner.IsWithinMessage, Is.False);
    }

    [Test]
    public void An_incomplete_message_is_left_and_counted()
    {
        JsonScanner scanner = New();
        var buffer = new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes("  {\"a"));
        Assert.That(scanner.TryTake(ref buffer, out _), Is.False);
        Assert.That(buffer.Length, Is.EqualTo(5));
        Assert.That(scanner.PartialBytes, Is.EqualTo(3));
    }

    [TestCase("[]")]
    [TestCase("}")]
    [TestCase("null")]
    [TestCase("GET / HTTP/1.1")]
    [TestCase("{}\0{}")]
    public void What_is_no_object_is_refused(string text) => Assert.That(
        () => Scan(New(), [text]),
        Throws.TypeOf<OvsdbProtocolException>().With.Message.StartsWith("A message begins with"));

    [Test]
    public void A_message_of_the_bound_passes_and_one_byte_more_does_not()
    {
        string atBound = $$"""{"a":"{{new string('x', 1024 - 8)}}"}""";
        Assert.That(Scan(New(), [atBound]), Is.EqualTo(new[] { atBound }));
        Assert.That(
            () => Scan(New(1023), [atBound]),
            Throws.TypeOf<OvsdbProtocolException>().With.Message.EqualTo("A message is longer than 1023 bytes."));
    }

    [Test]
    public void A_message_that_never_ends_is_refused_at_the_bound()
    {
        string atBound = "{\"a\":\"" + new string('x', 1024 - 6);
        Assert.That(Scan(New(), [atBound]), Is.Empty);
        Assert.That(() => Scan(New(), [atBound, "x"]), Throws.TypeOf<OvsdbProtocolException>());
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, long index)
        {
            Memory = memory;
            RunningIndex = index;
        }

        public Segment Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Segment(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
