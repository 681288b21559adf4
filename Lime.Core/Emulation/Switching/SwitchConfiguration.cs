namespace Lime.Core.Emulation.Switching;

/// <summary>What SET_CONFIG sets (OpenFlow 1.0.0 section 5.3.2). Threading: the loop's.</summary>
internal sealed class SwitchConfiguration
{
    /// <summary>OFPC_FRAG_DROP.</summary>
    private const ushort FragmentsDropped = 1;

    /// <summary>OFPC_FRAG_MASK.</summary>
    private const ushort FragmentBits = 3;

    public ushort Flags { get; set; }

    /// <summary>OFP_DEFAULT_MISS_SEND_LEN.</summary>
    public ushort MissSendBytes { get; set; } = 128;

    public bool DropsFragments => (Flags & FragmentBits) == FragmentsDropped;
}
