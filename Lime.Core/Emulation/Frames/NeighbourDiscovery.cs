namespace Lime.Core.Emulation.Frames;

/// <summary>Neighbour solicitation and advertisement (RFC 4861 sections 4.3 and 4.4): type:8 code:8 checksum:16
/// flags:32 target:128, then options of type:8 length:8 (in units of 8 bytes) and content.</summary>
internal static class NeighbourDiscovery
{
    public const int HeaderBytes = 24;
    public const byte Solicitation = 135;
    public const byte Advertisement = 136;

    /// <summary>The option with the sender's Ethernet address.</summary>
    public const byte SourceAddress = 1;

    /// <summary>The option with the target's Ethernet address.</summary>
    public const byte TargetAddress = 2;

    /// <summary>Where the Ethernet address of an option lies in the message; -1: there is no such option.</summary>
    public static int FindAddress(ReadOnlySpan<byte> message, byte option)
    {
        int offset = HeaderBytes;
        while (message.Length >= offset + 8 && message[offset + 1] != 0)
        {
            if (message[offset] == option) return offset + 2;
            offset += message[offset + 1] * 8;
        }
        return -1;
    }
}
