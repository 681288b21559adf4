using Lime.Apps.Sample.Decoding.Messages;
using Lime.Apps.Sample.Fuzzing;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;
using Lime.OpenFlow.Wire;
using NUnit.Framework;

namespace Lime.Tests.Sample.Decoding;

/// <remarks>Goal: the fuzz command spoils every type of message. Method: count what its seeds are against what the
/// codecs know and the model has.</remarks>
internal sealed class SeedCorpusTests
{
    private static readonly Envelope[] Messages = [.. SeedCorpus.Load().Select(seed => Envelope.Read(seed.Bytes))];

    [Test]
    public void Every_type_of_a_version_has_a_seed([Values(0x01, 0x04)] int version)
    {
        OpenFlowCodec codec = Codecs.Find((byte)version)!;
        var seen = SeedCorpus.Load().Where(seed => seed.Bytes[0] == version).Select(seed => seed.Bytes[1]).ToHashSet();
        IEnumerable<byte> known = Enumerable.Range(0, 256).Select(type => (byte)type)
            .Where(type => codec.KindOf(type) != MessageKind.Unknown);

        Assert.That(known.Except(seen), Is.Empty);
    }

    [Test]
    public void Every_message_of_the_model_is_among_the_seeds()
    {
        var seen = Messages.Select(each => each.Message).OfType<ControlMessage>()
            .Select(each => each.Message.GetType()).ToHashSet();
        IEnumerable<Type> all = typeof(OpenFlowMessage).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(OpenFlowMessage)) && !type.IsAbstract);

        Assert.That(all.Where(type => !seen.Contains(type)), Is.Empty);
    }

    [Test]
    public void Every_multipart_type_of_1_3_is_there_both_ways()
    {
        IEnumerable<MultipartType> Of<T>(Func<T, MultipartType> typeOf) where T : OpenFlowMessage => Messages
            .Where(each => each.Version == 4).Select(each => each.Message).OfType<ControlMessage>()
            .Select(each => each.Message).OfType<T>().Select(typeOf);

        Assert.That(Of<MultipartRequest>(each => each.Type), Is.SupersetOf(Enum.GetValues<MultipartType>()));
        Assert.That(Of<MultipartReply>(each => each.Type), Is.SupersetOf(Enum.GetValues<MultipartType>()));
    }
}
