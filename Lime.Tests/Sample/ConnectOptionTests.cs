using System.CommandLine;
using System.Net;
using Lime.Apps.Sample.Commands;
using NUnit.Framework;

namespace Lime.Tests.Sample;

/// <remarks>Goal: <c>serve --connect</c> takes what an operator types for a switch that listens, and says what is wrong
/// with what it can't take.</remarks>
internal sealed class ConnectOptionTests
{
    private static ParseResult Parse(params string[] args) => new RootCommand { Connect }.Parse(args);

    private static Option<EndPoint[]> Connect { get; } = new("--connect") { CustomParser = OptionText.HostsAndPorts };

    [TestCase("10.0.0.7:6653", "10.0.0.7:6653")]
    [TestCase("127.0.0.1:1", "127.0.0.1:1")]
    [TestCase("[::1]:6653", "[::1]:6653")]
    [TestCase("[2001:db8::7]:65535", "[2001:db8::7]:65535")]
    [TestCase("switch7:6653", "switch7:6653")]
    [TestCase("s7.rack-2.example.org:6653", "s7.rack-2.example.org:6653")]
    public void A_host_and_a_port_are_taken(string text, string shown)
    {
        ParseResult parsed = Parse("--connect", text);

        Assert.That(parsed.Errors, Is.Empty);
        Assert.That(parsed.GetValue(Connect)!.Select(OptionText.Show), Is.EqualTo(new[] { shown }));
    }

    [Test]
    public void A_name_stays_one_and_an_address_becomes_one()
    {
        EndPoint[] both = Parse("--connect", "localhost:6653", "--connect", "[::1]:6653").GetValue(Connect)!;

        Assert.That(both[0], Is.EqualTo(new DnsEndPoint("localhost", 6653)));
        Assert.That(both[1], Is.EqualTo(new IPEndPoint(IPAddress.IPv6Loopback, 6653)));
    }

    [Test]
    public void It_is_given_again_for_more_and_none_is_none()
    {
        string[] list = ["--connect", "10.0.0.7:6653", "--connect", "switch7:6654", "--connect", "[::1]:6655"];

        Assert.That(
            string.Join(' ', Parse(list).GetValue(Connect)!.Select(OptionText.Show)),
            Is.EqualTo("10.0.0.7:6653 switch7:6654 [::1]:6655"));
        Assert.That(Parse().GetValue(Connect) ?? [], Is.Empty);
    }

    [Test]
    public void Each_that_is_wrong_is_named()
    {
        ParseResult parsed = Parse("--connect", "10.0.0.7", "--connect", "s7:6653", "--connect", "s8:0");

        Assert.That(
            string.Join('|', parsed.Errors.Select(each => each.Message.Split(": expected")[0])),
            Is.EqualTo("--connect 10.0.0.7|--connect s8:0"));
    }

    [TestCase("")]
    [TestCase(":6653")]
    [TestCase("10.0.0.7")]
    [TestCase("10.0.0.7:")]
    [TestCase("10.0.0.7:0")]
    [TestCase("10.0.0.7:65536")]
    [TestCase("10.0.0.7:-1")]
    [TestCase("10.0.0.7:+1")]
    [TestCase("10.0.0.7: 1")]
    [TestCase("10.0.0.7:http")]
    [TestCase("10.0.0:6653")]
    [TestCase("10.0.0.256:6653")]
    [TestCase("1234:6653")]
    [TestCase("::1:6653")]
    [TestCase("::1")]
    [TestCase("[::1]")]
    [TestCase("[::1:6653")]
    [TestCase("[10.0.0.7]:6653")]
    [TestCase("a b:6653")]
    [TestCase("a..b:6653")]
    [TestCase("tcp:10.0.0.7:6653")]
    [TestCase("10.0.0.7:6653,10.0.0.8:6653")]
    public void What_is_no_host_with_a_port_is_an_error_that_says_what_was_expected(string text)
    {
        ParseResult parsed = Parse("--connect", text);

        Assert.That(parsed.Errors.Select(each => each.Message), Is.EqualTo(new[]
        {
            $"--connect {text}: expected HOST:PORT, for example 10.0.0.7:6653, [::1]:6653 or switch7:6653.",
        }));
    }
}
