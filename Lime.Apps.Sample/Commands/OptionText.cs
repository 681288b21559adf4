using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using Lime.Core.Networks;
using Lime.OpenFlow;
using Lime.OpenFlow.Identifiers;

namespace Lime.Apps.Sample.Commands;

/// <summary>Reads the values that options take; what is wrong becomes an error of the parse, with what was
/// expected.</summary>
internal static class OptionText
{
    public static IPEndPoint? EndPoint(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        string address = text.StartsWith("localhost:", StringComparison.OrdinalIgnoreCase)
            ? "127.0.0.1" + text["localhost".Length..]
            : text;
        // IPEndPoint also takes "8080" (the address 0.0.31.144) and an address without a port: neither is
        // meant.
        bool hasPort = address.Contains("]:", StringComparison.Ordinal)
            || (address.Count(c => c == '.') == 3 && address.Contains(':', StringComparison.Ordinal));
        if (hasPort && IPEndPoint.TryParse(address, out IPEndPoint? endPoint)) return endPoint;
        AddError(result, text, "ADDRESS:PORT, for example 127.0.0.1:6653 or [::1]:6653");
        return null;
    }

    /// <summary>Host names or addresses with ports.</summary>
    public static EndPoint[] HostsAndPorts(ArgumentResult result)
    {
        var endPoints = new List<EndPoint>();
        foreach (string text in result.Tokens.Select(each => each.Value))
        {
            if (TryParseHostAndPort(text) is { } endPoint) endPoints.Add(endPoint);
            else AddError(result, text, "HOST:PORT, for example 10.0.0.7:6653, [::1]:6653 or switch7:6653");
        }
        return [.. endPoints];
    }

    /// <summary>An end point as it is typed.</summary>
    public static string Show(EndPoint endPoint) =>
        endPoint is DnsEndPoint name ? $"{name.Host}:{name.Port}" : endPoint.ToString()!;

    public static DatapathId[] Datapaths(ArgumentResult result)
    {
        var datapaths = new List<DatapathId>();
        foreach (string text in result.Tokens.Select(each => each.Value))
        {
            if (DatapathId.TryParse(text, out DatapathId datapath)) datapaths.Add(datapath);
            else AddError(result, text, "a datapath id: up to 16 hexadecimal digits, for example 0x4");
        }
        return [.. datapaths];
    }

    public static PortMapping[] Ports(ArgumentResult result)
    {
        var ports = new List<PortMapping>();
        foreach (string text in result.Tokens.SelectMany(each => each.Value.Split(',')))
        {
            string[] ends = text.Split(':');
            if (ends.Length == 2
                && TryParsePort(ends[0], out PortNumber from) && TryParsePort(ends[1], out PortNumber to))
                ports.Add(new PortMapping(from, to));
            else
                AddError(result, text, "VIRTUAL:PHYSICAL port numbers with commas between pairs, for example 1:1,2:5");
        }
        return [.. ports];
    }

    public static Uri? OperatorUrl(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        string url = text.Contains("://", StringComparison.Ordinal) ? text : "http://" + text;
        if (Uri.TryCreate(url, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https") return uri;
        AddError(result, text, "a URL, for example http://127.0.0.1:8080");
        return null;
    }

    /// <summary>A whole-number option with a range, both named in its help.</summary>
    public static Option<int> Count(
        string name, string unit, string description, int usual, (int Min, int Max) range)
    {
        var option = new Option<int>(name)
        {
            HelpName = unit,
            Description = $"{description}, {range.Min} to {range.Max}",
            DefaultValueFactory = _ => usual,
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 0 || !int.TryParse(result.Tokens[0].Value, out int value)) return;
            if (value < range.Min || value > range.Max)
                result.AddError($"{name} {value}: expected {range.Min} to {range.Max}.");
        });
        return option;
    }

    private static EndPoint? TryParseHostAndPort(string text)
    {
        int colon = text.LastIndexOf(':');
        if (colon <= 0 || !ushort.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture,
            out ushort port) || port == 0)
            return null;
        string host = text[..colon];
        // IPAddress also takes "7" (0.0.0.7), and a colon before the port belongs into brackets.
        bool isPlain = host[0] == '[' || host.Count(c => c == '.') == 3;
        if (IPAddress.TryParse(host, out IPAddress? address))
            return isPlain ? new IPEndPoint(address, port) : null;
        // No name ends in a number (RFC 1123 section 2.1): that is an address mistyped.
        if (host[(host.LastIndexOf('.') + 1)..].All(char.IsAsciiDigit)) return null;
        return Uri.CheckHostName(host) == UriHostNameType.Dns ? new DnsEndPoint(host, port) : null;
    }

    /// <summary>The versions of OpenFlow that <c>--version</c> takes.</summary>
    public static readonly string[] Versions = ["1.0", "1.3"];

    /// <summary>The version that one of <see cref="Versions"/> says.</summary>
    public static OpenFlowVersion VersionOf(string text) =>
        text == "1.3" ? OpenFlowVersion.V13 : OpenFlowVersion.V10;

    private static bool TryParsePort(string text, out PortNumber port)
    {
        bool isNumber = uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint number);
        port = new PortNumber(number);
        return isNumber && port.IsPhysical;
    }

    private static void AddError(ArgumentResult result, string text, string expected)
    {
        string option = (result.Parent as OptionResult)?.Option.Name ?? result.Argument.Name;
        result.AddError($"{option} {text}: expected {expected}.");
    }
}
