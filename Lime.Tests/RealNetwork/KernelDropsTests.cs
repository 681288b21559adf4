using NUnit.Framework;

namespace Lime.Tests.RealNetwork;

/// <remarks>Goal: what the machine itself drops is told from what the network loses. Method: text as <c>ss</c> of
/// iproute2 6.1 and Linux write it.</remarks>
internal sealed class KernelDropsTests
{
    [Test]
    public void Sockets_that_dropped_are_named()
    {
        const string Text = """
            p_raw UNCONN 212992 0      *:s3-1 * skmem:(r212992,rb212992,t0,tb212992,f0,w0,o0,bl0,d948)
            p_raw UNCONN 0      0      *:s3-2 * skmem:(r0,rb212992,t0,tb212992,f0,w0,o0,bl0,d0)
            ???   UNCONN 0      0      0.0.0.0:1 0.0.0.0:* skmem:(r0,rb131072,t0,tb212992,f0,w0,o0,bl0,d7)
            """;

        Assert.That(
            KernelDrops.ParseSockets(Text), Is.EqualTo(new[] { ("*:s3-1", 948L), ("0.0.0.0:1", 7L) }));
    }

    [Test]
    public void Drops_of_all_processors_are_summed()
    {
        string[] lines = ["002de0bf 00000000 00000001", "00188091 0000001f 00000000", "00000000 00000001 00000000"];

        Assert.That(KernelDrops.ParseBacklog(lines), Is.EqualTo(32));
    }
}
