using System.Globalization;

namespace Lime.OpenFlow.Identifiers;

/// <summary>A port of a switch, in the 32-bit numbering of OpenFlow 1.1 and later; 1.0's 16-bit numbers are
/// widened on decode (its reserved 0xfff8..0xffff become 0xfffffff8..0xffffffff).</summary>
/// <param name="Value">The number; real ports lie in 1..<see cref="Max"/>.</param>
public readonly record struct PortNumber(uint Value)
{
    /// <summary>The highest number a real port can have (OFPP_MAX).</summary>
    public static readonly PortNumber Max = new(0xffffff00);

    /// <summary>Back out of the port the packet came in by (OFPP_IN_PORT).</summary>
    public static readonly PortNumber InPort = new(0xfffffff8);

    /// <summary>Through the flow table; packet-out only (OFPP_TABLE).</summary>
    public static readonly PortNumber Table = new(0xfffffff9);

    /// <summary>The switch's own forwarding (OFPP_NORMAL).</summary>
    public static readonly PortNumber Normal = new(0xfffffffa);

    /// <summary>All ports but the ingress and those set NO_FLOOD (OFPP_FLOOD).</summary>
    public static readonly PortNumber Flood = new(0xfffffffb);

    /// <summary>All ports but the ingress (OFPP_ALL).</summary>
    public static readonly PortNumber All = new(0xfffffffc);

    /// <summary>To the controller (OFPP_CONTROLLER).</summary>
    public static readonly PortNumber Controller = new(0xfffffffd);

    /// <summary>The switch's local port (OFPP_LOCAL).</summary>
    public static readonly PortNumber Local = new(0xfffffffe);

    /// <summary>No port, or any port where a port filters (OFPP_NONE in 1.0, OFPP_ANY later).</summary>
    public static readonly PortNumber Any = new(0xffffffff);

    /// <summary>Whether this is a real port's number rather than a reserved one.</summary>
    public bool IsPhysical => Value - 1 < 0xffffff00;

    /// <summary>The number, or the reserved port's name.</summary>
    public override string ToString() => Value switch
    {
        0xfffffff8 => "IN_PORT",
        0xfffffff9 => "TABLE",
        0xfffffffa => "NORMAL",
        0xfffffffb => "FLOOD",
        0xfffffffc => "ALL",
        0xfffffffd => "CONTROLLER",
        0xfffffffe => "LOCAL",
        0xffffffff => "ANY",
        _ => Value.ToString(CultureInfo.InvariantCulture),
    };
}
