using System.Text.Json;
using System.Text.Json.Nodes;
using Lime.Apps.Sample.Decoding.Forms;
using Lime.Apps.Sample.Decoding.Messages;
using Lime.Apps.Sample.Json;
using Lime.OpenFlow.Identifiers;
using Lime.Tests.Wire;
using Lime.Tests.Wire.V13;
using NUnit.Framework;

namespace Lime.Tests.Sample.Decoding;

/// <remarks>Goal: the JSON form carries every field of every message. Method: generated values; equality looks into
/// every public property.</remarks>
internal sealed class GeneratedDocumentTests
{
    [Test]
    public void Every_public_property_comes_back_from_JSON([Range(1, 50)] int seed)
    {
        foreach (Envelope envelope in EveryMessage(seed))
        {
            JsonObject json = WritingFields.Write<Envelope>(envelope, EnvelopeForm.Document);

            (Envelope read, List<JsonFault> faults) = Read(json);

            Assert.That(faults, Is.Empty, json.ToJsonString());
            Assert.That(Wire.AnyMessage.AreEqual(read, envelope), json.ToJsonString());
        }
    }

    [Test]
    public void Digests_tell_messages_apart_that_differ([Range(1, 20)] int seed)
    {
        foreach ((Envelope one, Envelope other) in EveryMessage(seed).Zip(EveryMessage(seed + 1000)))
        {
            bool isSame = Digest(one) == Digest(other);

            Assert.That(isSame, Is.EqualTo(Wire.AnyMessage.AreEqual(one, other)), $"{one} and {other}");
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

    /// <summary>By way of the codecs, which make the program's kind of message of a generated one.</summary>
    private static IEnumerable<Envelope> EveryMessage(int seed) =>
    [
        .. new MessageGenerator(seed).EveryMessage().Select(each => Wrap(Wire.AnyMessage.V10, each)),
        .. new MessageGeneratorV13(seed).EveryMessage().Select(each => Wrap(Wire.AnyMessage.V13, each)),
    ];

    private static Envelope Wrap(Wire.AnyMessage codec, object message) =>
        Envelope.Read(codec.Write(new Xid(7), message));
}
