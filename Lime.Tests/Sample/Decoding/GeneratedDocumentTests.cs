using System.Text.Json;
using System.Text.Json.Nodes;
using Lime.Apps.Sample.Decoding.Forms;
using Lime.Apps.Sample.Decoding.Messages;
using Lime.Apps.Sample.Json;
using Lime.Tests.Wire;
using NUnit.Framework;

namespace Lime.Tests.Sample.Decoding;

/// <remarks>Goal: the JSON form carries every field of every message. Method: generated values; equality looks into every
/// public property.</remarks>
internal sealed class GeneratedDocumentTests
{
    [Test]
    public void Every_public_property_comes_back_from_JSON([Range(1, 50)] int seed)
    {
        foreach (object message in new MessageGenerator(seed).EveryMessage())
        {
            Envelope envelope = Wrap(message);
            JsonObject json = WritingFields.Write<Envelope>(envelope, EnvelopeForm.Document);

            (Envelope read, List<JsonFault> faults) = Read(json);

            Assert.That(faults, Is.Empty, json.ToJsonString());
            Assert.That(Wire.AnyMessage.AreEqual(read, envelope), $"{message}: {json.ToJsonString()}");
        }
    }

    [Test]
    public void Digests_tell_messages_apart_that_differ([Range(1, 20)] int seed)
    {
        IEnumerable<object> others = new MessageGenerator(seed + 1000).EveryMessage();
        foreach ((object one, object other) in new MessageGenerator(seed).EveryMessage().Zip(others))
        {
            bool isSame = Digest(Wrap(one)) == Digest(Wrap(other));

            Assert.That(isSame, Is.EqualTo(Wire.AnyMessage.AreEqual(Wrap(one), Wrap(other))), $"{one} and {other}");
        }
    }

    private static ulong Digest(Envelope envelope) => DigestFields.Of<Envelope>(envelope, EnvelopeForm.Document);

    private static (Envelope Envelope, List<JsonFault> Faults) Read(JsonObject json)
    {
        var faults = new List<JsonFault>();
        using JsonDocument document = JsonDocument.Parse(json.ToJsonString());
        var cursor = new JsonCursor(document.RootElement, "$", faults);
        return (ReadingFields.Read<Envelope>(cursor, EnvelopeForm.Document), faults);
    }

    /// <summary>By way of the codec, which makes the program's kind of message of a generated one.</summary>
    private static Envelope Wrap(object message) => Envelope.Read(Wire.AnyMessage.V10.Write(default, message));
}
