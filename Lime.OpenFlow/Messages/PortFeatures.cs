namespace Lime.OpenFlow.Messages;

/// <summary>Speeds and media of a port (ofp_port_features). Bits 0..31 are those of the wire in 1.1 and later; a bit
/// that 1.0 doesn't define, should a 1.0 switch set it, lies 32 bits above its own place.</summary>
[Flags]
public enum PortFeatures : ulong
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>10 Mb/s, half duplex.</summary>
    HalfDuplex10Mb = 1 << 0,

    /// <summary>10 Mb/s, full duplex.</summary>
    FullDuplex10Mb = 1 << 1,

    /// <summary>100 Mb/s, half duplex.</summary>
    HalfDuplex100Mb = 1 << 2,

    /// <summary>100 Mb/s, full duplex.</summary>
    FullDuplex100Mb = 1 << 3,

    /// <summary>1 Gb/s, half duplex.</summary>
    HalfDuplex1Gb = 1 << 4,

    /// <summary>1 Gb/s, full duplex.</summary>
    FullDuplex1Gb = 1 << 5,

    /// <summary>10 Gb/s, full duplex.</summary>
    FullDuplex10Gb = 1 << 6,

    /// <summary>1.1 and later: 40 Gb/s, full duplex.</summary>
    FullDuplex40Gb = 1 << 7,

    /// <summary>1.1 and later: 100 Gb/s, full duplex.</summary>
    FullDuplex100Gb = 1 << 8,

    /// <summary>1.1 and later: 1 Tb/s, full duplex.</summary>
    FullDuplex1Tb = 1 << 9,

    /// <summary>1.1 and later: another speed; see the speeds in kb/s.</summary>
    OtherSpeed = 1 << 10,

    /// <summary>Copper.</summary>
    Copper = 1 << 11,

    /// <summary>Fibre.</summary>
    Fiber = 1 << 12,

    /// <summary>Negotiates its speed.</summary>
    AutoNegotiation = 1 << 13,

    /// <summary>Pause frames.</summary>
    Pause = 1 << 14,

    /// <summary>Asymmetric pause frames.</summary>
    AsymmetricPause = 1 << 15,
}
