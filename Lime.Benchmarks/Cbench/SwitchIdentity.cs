namespace Lime.Benchmarks.Cbench;

/// <summary>Who sends a generated switch's packets: the hosts behind its port 1, all to one host behind its port
/// 2.</summary>
/// <param name="Number">The low 16 bits are in each of its addresses, so that no two switches share one.</param>
/// <param name="Addresses">How many hosts send, in turn; 1 to 2^24.</param>
/// <remarks>A packet-in's address follows from its id, so nothing about it has to be remembered.</remarks>
internal readonly record struct SwitchIdentity(uint Number, uint Addresses)
{
    /// <summary>Where the generated packets come in.</summary>
    public const ushort InPort = 1;

    /// <summary>Where the host that they go to is.</summary>
    public const ushort TaughtPort = 2;

    public const uint AddressesMax = 1 << 24;

    private const ulong DestinationPrefix = 0x8000_0000_0000;

    /// <summary>80:00:00:00:nn:nn, as cbench has it.</summary>
    public ulong Destination => DestinationPrefix | Low;

    /// <summary>The part of the number that is in the addresses.</summary>
    public ulong Low => Number & 0xffff;

    /// <summary>Which of the hosts sends the packet with this id, from 0; ids count from 1.</summary>
    public uint AddressOf(uint id) => (id - 1) % Addresses;

    /// <summary>00:aa:aa:aa:nn:nn.</summary>
    public ulong SourceOf(uint address) => ((ulong)address << 16) | Low;
}
