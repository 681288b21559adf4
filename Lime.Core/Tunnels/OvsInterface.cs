using System.Collections.Immutable;
using Lime.Core.Ovsdb;
using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Tunnels;

/// <summary>What a switch's database says of an interface.</summary>
/// <param name="Name">Its name, which no other has.</param>
/// <param name="Type">Empty for a device of the system; else such as <c>internal</c> or <c>vxlan</c>.</param>
/// <param name="Options">Those of its type.</param>
/// <param name="Port">Its OpenFlow port number; null: not yet, or it could not be made.</param>
/// <param name="Error">Why it could not be made; null if it could.</param>
/// <param name="Mtu">The MTU it has; null: unknown, or none.</param>
/// <param name="MtuRequest">The MTU that was asked for; null: none was.</param>
/// <param name="IsAdminUp">Whether it is configured up; null: unknown.</param>
/// <param name="IsLinkUp">Whether it has a carrier; null: unknown.</param>
internal sealed record OvsInterface(
    string Name,
    string Type,
    ImmutableSortedDictionary<string, string> Options,
    PortNumber? Port,
    string? Error,
    int? Mtu,
    int? MtuRequest,
    bool? IsAdminUp,
    bool? IsLinkUp)
{
    private const long LocalPort = 65534;

    public static OvsInterface Read(OvsdbRow row) => new(
        row[OvsColumns.Name].AsText() ?? "",
        row[OvsColumns.Type].AsText() ?? "",
        row[OvsColumns.Options].AsTextMap(),
        PortOf(row[OvsColumns.PortNumber].AsInteger()),
        row[OvsColumns.Error].AsText() is { Length: > 0 } error ? error : null,
        SizeOf(row[OvsColumns.Mtu]),
        SizeOf(row[OvsColumns.MtuRequest]),
        StateOf(row[OvsColumns.AdminState]),
        StateOf(row[OvsColumns.LinkState]));

    /// <summary>Whether it is just this tunnel.</summary>
    public bool Is(TunnelSpec tunnel) =>
        Type == tunnel.InterfaceType && Options.SequenceEqual(tunnel.InterfaceOptions());

    /// <summary>Whether it is a tunnel with these ends and this key: a switch can't have two.</summary>
    public bool HasEndsOf(TunnelSpec tunnel) => Type == tunnel.InterfaceType
        && TunnelSpec.EndOptions.All(name =>
            Options.GetValueOrDefault(name) == tunnel.InterfaceOptions().GetValueOrDefault(name));

    /// <summary>The database has the numbers of OpenFlow 1.0, and -1 for a port that could not be made.</summary>
    private static PortNumber? PortOf(long? number) => number switch
    {
        LocalPort => PortNumber.Local,
        > 0 and < LocalPort => new PortNumber((uint)number.Value),
        _ => null,
    };

    private static int? SizeOf(OvsdbValue value) =>
        value.AsInteger() is { } bytes and > 0 and <= int.MaxValue ? (int)bytes : null;

    private static bool? StateOf(OvsdbValue value) => value.AsText() switch
    {
        "up" => true,
        "down" => false,
        _ => null,
    };
}
