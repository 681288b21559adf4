using System.Net;
using Lime.Core.Tunnels;
using Lime.OpenFlow.Identifiers;
using NUnit.Framework;

namespace Lime.Tests.Tunnels;

internal sealed class TunnelSpecTests
{
    private static TunnelSpec Spec(
        TunnelType type, string remote, uint key = 1, string? local = null, int? port = null) =>
        new(type, IPAddress.Parse(remote), key)
        {
            Local = local is null ? null : IPAddress.Parse(local),
            UdpPort = port,
        };

    private static string Text(TunnelSpec spec) => $"{spec.InterfaceType} "
        + string.Join(' ', spec.InterfaceOptions().Select(each => $"{each.Key}={each.Value}"));

    [Test]
    public void Each_type_has_its_name_and_options()
    {
        Assert.That(Text(Spec(TunnelType.Vxlan, "10.0.0.2")), Is.EqualTo("vxlan key=1 remote_ip=10.0.0.2"));
        Assert.That(
            Text(Spec(TunnelType.Geneve, "fd00::2", 0xffffff, "fd00::1", 6082)),
            Is.EqualTo("geneve dst_port=6082 key=16777215 local_ip=fd00::1 remote_ip=fd00::2"));
        Assert.That(
            Text(Spec(TunnelType.Gre, "10.0.0.2", uint.MaxValue)), Is.EqualTo("gre key=4294967295 remote_ip=10.0.0.2"));
        Assert.That(Text(Spec(TunnelType.Gre, "fd00::2")), Is.EqualTo("ip6gre key=1 remote_ip=fd00::2"));
    }

    [TestCase(TunnelType.Vxlan, "10.0.0.2", 0xffffffu, "10.0.0.1", 65535)]
    [TestCase(TunnelType.Geneve, "fd00::2", 0u, null, 1)]
    [TestCase(TunnelType.Gre, "fd00::2", uint.MaxValue, "fd00::1", null)]
    public void A_sound_one_has_no_fault(TunnelType type, string remote, uint key, string? local, int? port) =>
        Assert.That(Spec(type, remote, key, local, port).FindFault(), Is.Null);

    [TestCase("0.0.0.0", null, "The tunnel's remote address 0.0.0.0 is no host's.")]
    [TestCase("::", null, "The tunnel's remote address :: is no host's.")]
    [TestCase("224.0.0.1", null, "The tunnel's remote address 224.0.0.1 is not one host's: ")]
    [TestCase("255.255.255.255", null, "The tunnel's remote address 255.255.255.255 is not one host's: ")]
    [TestCase("ff02::1", null, "The tunnel's remote address ff02::1 is not one host's: ")]
    [TestCase("fe80::1", null, "The tunnel's remote address fe80::1 is link-local, ")]
    [TestCase("::ffff:10.0.0.2", null, "The tunnel's remote address ::ffff:10.0.0.2 is an IPv4 address in IPv6 form")]
    [TestCase("10.0.0.2", "fd00::1", "The tunnel's local address fd00::1 and the remote one 10.0.0.2 are of ")]
    [TestCase("10.0.0.2", "10.0.0.2", "The tunnel's local address 10.0.0.2 is the remote one too.")]
    [TestCase("10.0.0.2", "0.0.0.0", "The tunnel's local address 0.0.0.0 is no host's.")]
    public void A_wrong_address_is_named(string remote, string? local, string fault) =>
        Assert.That(Spec(TunnelType.Vxlan, remote, 1, local).FindFault(), Does.StartWith(fault));

    [TestCase(TunnelType.Vxlan, 0x1000000u, null, "The tunnel's key 16777216 does not fit VXLAN's 24 bits")]
    [TestCase(TunnelType.Geneve, 0x1000000u, null, "The tunnel's key 16777216 does not fit Geneve's 24 bits")]
    [TestCase(TunnelType.Gre, 1u, 4789, "The tunnel has the UDP port 4789, but GRE is not carried in UDP.")]
    [TestCase(TunnelType.Vxlan, 1u, 0, "The tunnel's UDP port is 0; expected 1 to 65535.")]
    [TestCase(TunnelType.Vxlan, 1u, 65536, "The tunnel's UDP port is 65536; expected 1 to 65535.")]
    public void A_wrong_key_or_port_is_named(TunnelType type, uint key, int? port, string fault) =>
        Assert.That(Spec(type, "10.0.0.2", key, null, port).FindFault(), Does.StartWith(fault));

    [Test]
    public void A_place_has_always_the_same_name_and_no_other_has_it()
    {
        string[] names =
        [
            new TunnelPlace("lime", new DatapathId(1), "t").PortName(),
            new TunnelPlace("lime", new DatapathId(2), "t").PortName(),
            new TunnelPlace("lime", new DatapathId(1), "u").PortName(),
            new TunnelPlace("other", new DatapathId(1), "t").PortName(),
        ];
        Assert.That(names, Is.Unique);
        Assert.That(names, Has.All.Length.EqualTo(15).And.All.Match("^lm[0-9a-f]{13}$"));
        // What a crashed run has made has to be found by the next version: the name may not change.
        Assert.That(names[0], Is.EqualTo("lm106ab3316d3d1"));
    }
}
