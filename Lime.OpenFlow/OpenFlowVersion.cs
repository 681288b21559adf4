namespace Lime.OpenFlow;

/// <summary>A version of the OpenFlow wire protocol; the value is the version byte of the header.</summary>
public enum OpenFlowVersion : byte
{
    /// <summary>OpenFlow 1.0.0 (wire version 0x01).</summary>
    V10 = 0x01,

    /// <summary>OpenFlow 1.3 (wire version 0x04).</summary>
    V13 = 0x04,
}
