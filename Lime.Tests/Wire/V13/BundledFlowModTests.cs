using Lime.OpenFlow;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Wire;
using NUnit.Framework;

namespace Lime.Tests.Wire.V13;

public sealed class BundledFlowModTests
{
    private static readonly FlowMod Rule = new()
    {
        Match = Match.Any.WithInPort(new PortNumber(3)).WithEthType(0x0800),
        Cookie = new Cookie(7),
        Actions = ActionList.Output(new PortNumber(2)),
    };

    [Test]
    public void A_flow_mod_written_straight_into_a_bundle_has_the_bytes_of_an_add()
    {
        OpenFlowCodec codec = OpenFlowCodecs.V13;
        var xid = new Xid(0x01020304);
        var frame = new byte[codec.SizeOf(Rule)];
        codec.Write(frame, xid, Rule);
        var add = new BundleAdd(new BundleId(9), BundleFlags.Ordered, [.. frame]);
        var expected = new byte[codec.SizeOf(add)];
        codec.Write(expected, xid, add);

        var written = new byte[codec.SizeOfBundled(Rule)];
        Assert.That(
            codec.WriteBundled(written, xid, Rule, new BundleId(9), BundleFlags.Ordered), Is.EqualTo(written.Length));
        Assert.That(written, Is.EqualTo(expected));
    }

    [Test]
    public void A_version_without_bundles_refuses() =>
        Assert.That(() => OpenFlowCodecs.V10.SizeOfBundled(Rule), Throws.TypeOf<UnsupportedByVersionException>());
}
