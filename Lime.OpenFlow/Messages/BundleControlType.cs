namespace Lime.OpenFlow.Messages;

/// <summary>What a bundle control message says (ofp_bundle_ctrl_type; the values are those of the wire).</summary>
public enum BundleControlType : ushort
{
    /// <summary>Open a bundle.</summary>
    OpenRequest = 0,

    /// <summary>It is open.</summary>
    OpenReply = 1,

    /// <summary>Close it: nothing more is added.</summary>
    CloseRequest = 2,

    /// <summary>It is closed.</summary>
    CloseReply = 3,

    /// <summary>Carry it out.</summary>
    CommitRequest = 4,

    /// <summary>It is carried out.</summary>
    CommitReply = 5,

    /// <summary>Drop it.</summary>
    DiscardRequest = 6,

    /// <summary>It is dropped.</summary>
    DiscardReply = 7,
}
