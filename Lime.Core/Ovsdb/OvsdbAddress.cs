using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Lime.Core.Ovsdb;

/// <summary>Where a database server listens, as Open vSwitch's own tools write it.</summary>
/// <param name="Text">Such as <c>tcp:127.0.0.1:6640</c> or <c>unix:/run/openvswitch/db.sock</c>.</param>
/// <param name="EndPoint">What to connect to.</param>
internal sealed record OvsdbAddress(string Text, EndPoint EndPoint)
{
    /// <summary>IANA's port for OVSDB (RFC 7047 section 6).</summary>
    public const int DefaultPort = 6640;

    /// <exception cref="FormatException">It is no address; says what is wrong with it.</exception>
    public static OvsdbAddress Parse(string text)
    {
        (string kind, string rest) = text.Split(':', 2) is [string first, string second] ? (first, second) : (text, "");
        return kind switch
        {
            "tcp" => new OvsdbAddress(text, ParseTcp(text, rest)),
            "unix" when rest.Length > 0 => new OvsdbAddress(text, ParseUnix(text, rest)),
            "ssl" => throw Wrong(text, "TLS is not supported; expected tcp: or unix:"),
            "ptcp" or "punix" or "pssl" => throw Wrong(text, "a database is connected to, expected tcp: or unix:"),
            _ => throw Wrong(text, "expected tcp:HOST[:PORT] or unix:PATH"),
        };
    }

    public override string ToString() => Text;

    private static UnixDomainSocketEndPoint ParseUnix(string text, string path)
    {
        try
        {
            return new UnixDomainSocketEndPoint(path);
        }
        catch (ArgumentOutOfRangeException)
        {
            throw Wrong(text, "the path of a Unix socket has at most 108 bytes");
        }
    }

    private static EndPoint ParseTcp(string text, string rest)
    {
        (string host, string port) = SplitPort(rest);
        if (host.Length == 0) throw Wrong(text, "it has no host");
        int number = DefaultPort;
        if (port.Length > 0 && !IsPort(port, out number))
            throw Wrong(text, $"'{port}' is no port, expected 1 to 65535");
        return IPAddress.TryParse(host, out IPAddress? address)
            ? new IPEndPoint(address, number)
            : new DnsEndPoint(host, number);
    }

    /// <summary>An IPv6 address stands in brackets, or has no port behind it.</summary>
    private static (string Host, string Port) SplitPort(string rest)
    {
        int bracket = rest.IndexOf(']', StringComparison.Ordinal);
        if (rest.StartsWith('[') && bracket > 0) return (rest[1..bracket], rest[(bracket + 1)..].TrimStart(':'));
        string[] parts = rest.Split(':');
        return parts.Length == 2 ? (parts[0], parts[1]) : (rest, "");
    }

    private static bool IsPort(string port, out int number) =>
        int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number is > 0 and <= 65_535;

    private static FormatException Wrong(string text, string why) =>
        new($"'{text}' is not the address of a database: {why}.");
}
