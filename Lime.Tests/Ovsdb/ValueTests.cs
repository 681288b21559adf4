using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Lime.Core.Ovsdb;
using NUnit.Framework;

namespace Lime.Tests.Ovsdb;

/// <remarks>Goal: values are read and written as RFC 7047 section 5.1 has them.</remarks>
public class ValueTests
{
    private const string Id = "36bef046-7da7-43a5-905a-c17899216fcb";

    private static OvsdbValue Read(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return OvsdbValue.Read(document.RootElement, "a column");
    }

    private static string Write(OvsdbValue value) => Written(value.Write);

    internal static string Written(Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>();
        var options = new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var writer = new Utf8JsonWriter(bytes, options)) write(writer);
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    [TestCase("\"br0\"", "br0")]
    [TestCase("-9223372036854775808", "-9223372036854775808")]
    [TestCase("1.5", "1.5")]
    [TestCase("true", "true")]
    [TestCase($"[\"uuid\",\"{Id}\"]", Id)]
    [TestCase("[\"set\",[]]", "[]")]
    [TestCase("[\"set\",[1,2]]", "[1, 2]")]
    [TestCase($"[\"set\",[[\"uuid\",\"{Id}\"],[\"uuid\",\"{Id}\"]]]", $"[{Id}, {Id}]")]
    [TestCase("[\"map\",[]]", "{}")]
    [TestCase("[\"map\",[[\"key\",\"5\"],[\"remote_ip\",\"10.0.0.2\"]]]", "{key=5, remote_ip=10.0.0.2}")]
    public void A_value_comes_back_as_it_was(string json, string text)
    {
        OvsdbValue value = Read(json);
        Assert.That(value.ToString(), Is.EqualTo(text));
        Assert.That(Write(value), Is.EqualTo(json));
        Assert.That(value, Is.EqualTo(Read(json)));
        Assert.That(value.GetHashCode(), Is.EqualTo(Read(json).GetHashCode()));
    }

    [Test]
    public void A_set_of_one_is_its_atom()
    {
        Assert.That(Read("[\"set\",[7]]"), Is.EqualTo(Read("7")));
        Assert.That(Write(Read("[\"set\",[7]]")), Is.EqualTo("7"));
    }

    [TestCase("null")]
    [TestCase("{}")]
    [TestCase("[]")]
    [TestCase("[1,2,3]")]
    [TestCase("[\"uuid\",\"36bef046\"]")]
    [TestCase("[\"uuid\",7]")]
    [TestCase("[\"named-uuid\",\"x\"]")]
    [TestCase("[\"set\",7]")]
    [TestCase("[\"set\",[null]]")]
    [TestCase("[\"map\",[[1]]]")]
    [TestCase("[\"map\",[7]]")]
    [TestCase("[\"bag\",[7]]")]
    [TestCase("\"\\ud800\"")]
    public void What_is_no_value_is_refused_by_its_column(string json) => Assert.That(
        () => Read(json), Throws.TypeOf<OvsdbProtocolException>().With.Message.StartsWith("a column"));

    [Test]
    public void A_refusal_quotes_no_more_than_a_line() => Assert.That(
        () => Read($"{{\"a\":\"{new string('x', 10_000)}\"}}"),
        Throws.TypeOf<OvsdbProtocolException>().With.Message.Length.LessThan(150));

    [Test]
    public void One_string_or_integer_is_read_as_such_and_nothing_else_is()
    {
        Assert.That(Read("\"up\"").AsText(), Is.EqualTo("up"));
        Assert.That(Read("7").AsInteger(), Is.EqualTo(7));
        Assert.That(Read("7").AsText(), Is.Null);
        Assert.That(Read("[\"set\",[]]").AsText(), Is.Null);
        Assert.That(Read("[\"set\",[1,2]]").AsInteger(), Is.Null);
        Assert.That(Read("[\"map\",[[1,2]]]").AsInteger(), Is.Null);
    }

    [Test]
    public void A_map_is_looked_up_by_key()
    {
        OvsdbValue map = Read("[\"map\",[[\"b\",\"2\"],[\"a\",\"1\"],[7,\"x\"]]]");
        Assert.That(map.Find("a"), Is.EqualTo("1"));
        Assert.That(map.Find("7"), Is.Null, "That key is a number.");
        Assert.That(string.Join(' ', map.AsTextMap().Keys), Is.EqualTo("7 a b"));
        Assert.That(Read("\"a\"").Find("a"), Is.Null);
        Assert.That(Read("\"a\"").AsTextMap(), Is.Empty);
    }

    [Test]
    public void Rows_are_found_in_sets_only()
    {
        Guid id = Guid.Parse(Id);
        Assert.That(Read($"[\"uuid\",\"{Id}\"]").HasRow(id), Is.True);
        Assert.That(Read($"[\"map\",[[[\"uuid\",\"{Id}\"],1]]]").HasRow(id), Is.False);
        Assert.That(OvsdbValue.Empty.HasRow(id), Is.False);
    }

    [Test]
    public void A_row_gives_the_empty_set_for_what_it_has_not()
    {
        using JsonDocument document = JsonDocument.Parse("""{"name":"br0","ofport":["set",[]]}""");
        OvsdbRow row = OvsdbRow.Read(document.RootElement, "Interface x");
        Assert.That(row["name"].AsText(), Is.EqualTo("br0"));
        Assert.That(row["mtu"], Is.EqualTo(OvsdbValue.Empty));
        Assert.That(Written(row.Write), Is.EqualTo("""{"name":"br0","ofport":["set",[]]}"""));
    }
}
