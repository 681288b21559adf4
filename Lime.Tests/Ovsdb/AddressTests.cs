using System.Net;
using System.Net.Sockets;
using Lime.Core.Ovsdb;
using NUnit.Framework;

namespace Lime.Tests.Ovsdb;

public class AddressTests
{
    [TestCase("tcp:127.0.0.1:6641", "127.0.0.1:6641")]
    [TestCase("tcp:127.0.0.1", "127.0.0.1:6640")]
    [TestCase("tcp:[::1]:6641", "[::1]:6641")]
    [TestCase("tcp:[::1]", "[::1]:6640")]
    [TestCase("tcp:fd00::7", "[fd00::7]:6640")]
    public void An_ip_address_is_read(string text, string endPoint) =>
        Assert.That(OvsdbAddress.Parse(text).EndPoint, Is.EqualTo(IPEndPoint.Parse(endPoint)));

    [Test]
    public void A_host_name_and_a_path_are_read()
    {
        Assert.That(
            OvsdbAddress.Parse("tcp:switch.example:7").EndPoint, Is.EqualTo(new DnsEndPoint("switch.example", 7)));
        Assert.That(
            OvsdbAddress.Parse("unix:/run/db:1.sock").EndPoint,
            Is.EqualTo(new UnixDomainSocketEndPoint("/run/db:1.sock")));
    }

    [TestCase("", "expected tcp:HOST[:PORT] or unix:PATH")]
    [TestCase("/run/db.sock", "expected tcp:HOST[:PORT] or unix:PATH")]
    [TestCase("unix:", "expected tcp:HOST[:PORT] or unix:PATH")]
    [TestCase("tcp:", "it has no host")]
    [TestCase("tcp::6640", "it has no host")]
    [TestCase("tcp:h:0", "'0' is no port, expected 1 to 65535")]
    [TestCase("tcp:h:65536", "'65536' is no port, expected 1 to 65535")]
    [TestCase("tcp:[::1]:x", "'x' is no port, expected 1 to 65535")]
    [TestCase("ssl:h:6640", "TLS is not supported; expected tcp: or unix:")]
    [TestCase("ptcp:6640", "a database is connected to, expected tcp: or unix:")]
    public void What_is_none_is_said_and_why(string text, string why) => Assert.That(
        () => OvsdbAddress.Parse(text),
        Throws.TypeOf<FormatException>().With.Message.EqualTo($"'{text}' is not the address of a database: {why}."));

    [Test]
    public void A_path_that_no_socket_can_have_is_refused() => Assert.That(
        () => OvsdbAddress.Parse("unix:/" + new string('x', 200)),
        Throws.TypeOf<FormatException>().With.Message.Contains("at most 108 bytes"));
}
