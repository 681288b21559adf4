namespace Lime.OpenFlow.Messages;

/// <summary>Why a switch hands up a packet.</summary>
public enum PacketInReason : byte
{
    /// <summary>No rule matched.</summary>
    NoMatch = 0,

    /// <summary>A rule said so.</summary>
    Action = 1,

    /// <summary>Its time to live is used up (1.3).</summary>
    InvalidTtl = 2,
}
