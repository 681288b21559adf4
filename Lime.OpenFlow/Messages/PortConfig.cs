namespace Lime.OpenFlow.Messages;

/// <summary>What a controller can set of a port (ofp_port_config; the bits are those of the wire).</summary>
[Flags]
public enum PortConfig : uint
{
    /// <summary>Nothing set.</summary>
    None = 0,

    /// <summary>Administratively down.</summary>
    PortDown = 1 << 0,

    /// <summary>1.0: no spanning tree on it.</summary>
    NoSpanningTree = 1 << 1,

    /// <summary>Drop what it receives.</summary>
    NoReceive = 1 << 2,

    /// <summary>1.0: drop spanning tree packets it receives.</summary>
    NoReceiveSpanningTree = 1 << 3,

    /// <summary>1.0: leave it out when flooding.</summary>
    NoFlood = 1 << 4,

    /// <summary>Drop what is sent to it.</summary>
    NoForward = 1 << 5,

    /// <summary>Hand up nothing it receives.</summary>
    NoPacketIn = 1 << 6,
}
