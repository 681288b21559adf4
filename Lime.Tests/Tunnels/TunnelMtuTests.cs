using System.Net;
using Lime.Core.Tunnels;
using NUnit.Framework;

namespace Lime.Tests.Tunnels;

/// <remarks>Goal: what fits is known before. The numbers are the well-known ones, counted by hand from the
/// headers.</remarks>
internal sealed class TunnelMtuTests
{
    private static TunnelSpec Spec(TunnelType type, string remote) => new(type, IPAddress.Parse(remote), 1);

    [TestCase(TunnelType.Vxlan, "10.0.0.2", 0, 50)]
    [TestCase(TunnelType.Vxlan, "fd00::2", 0, 70)]
    [TestCase(TunnelType.Geneve, "10.0.0.2", 0, 50)]
    [TestCase(TunnelType.Geneve, "fd00::2", 0, 70)]
    [TestCase(TunnelType.Gre, "10.0.0.2", 0, 42)]
    [TestCase(TunnelType.Gre, "fd00::2", 0, 62)]
    [TestCase(TunnelType.Vxlan, "10.0.0.2", 1, 54)]
    [TestCase(TunnelType.Gre, "fd00::2", 2, 70)]
    public void Each_type_adds_its_headers(TunnelType type, string remote, int vlanTags, int bytes) =>
        Assert.That(TunnelMtu.OverheadBytes(Spec(type, remote), vlanTags), Is.EqualTo(bytes));

    [TestCase(TunnelType.Vxlan, "10.0.0.2", 1450)]
    [TestCase(TunnelType.Gre, "fd00::2", 1438)]
    public void What_fits_just_passes_and_a_byte_more_does_not(TunnelType type, string remote, int hostMtu)
    {
        TunnelSpec spec = Spec(type, remote);
        Assert.That(TunnelMtu.FindFault(spec, new(hostMtu, "eth0"), 1500), Is.Null);
        Assert.That(TunnelMtu.FindFault(spec, new(hostMtu + 1, "eth0"), 1500), Is.Not.Null);
        Assert.That(TunnelMtu.FindFault(spec, new(hostMtu, "eth0", VlanTags: 1), 1500), Is.Not.Null);
    }

    [Test]
    public void A_fault_says_what_is_missing_and_what_to_do() => Assert.That(
        TunnelMtu.FindFault(Spec(TunnelType.Vxlan, "10.0.0.2"), new(1500, "eth0", VlanTags: 1), 1500),
        Is.EqualTo("Packets of 1500 bytes don't fit through the VXLAN tunnel 1 to 10.0.0.2: it adds 54 bytes "
            + "(IPv4 20, UDP 8, VXLAN 8, inner Ethernet 14, VLAN tags 4), which makes 1554, and interface eth0 takes "
            + "1500. Raise the MTU of eth0, and of the network behind it, to 1554 "
            + "(ovs-vsctl set interface eth0 mtu_request=1554), or lower the hosts' to 1446."));
}
