namespace Lime.OpenFlow.Messages;

/// <summary>What a message is, whatever number its version gives it.</summary>
public enum MessageKind : byte
{
    /// <summary>A type number that the version does not define.</summary>
    Unknown,

    /// <summary>Opens a connection and offers versions.</summary>
    Hello,

    /// <summary>Says why a message was refused.</summary>
    Error,

    /// <summary>Asks whether the peer lives.</summary>
    EchoRequest,

    /// <summary>Answers an echo request.</summary>
    EchoReply,

    /// <summary>A vendor's or experimenter's message.</summary>
    Experimenter,

    /// <summary>Asks for the switch's identity.</summary>
    FeaturesRequest,

    /// <summary>The switch's identity and abilities.</summary>
    FeaturesReply,

    /// <summary>Asks for the switch's configuration.</summary>
    GetConfigRequest,

    /// <summary>The switch's configuration.</summary>
    GetConfigReply,

    /// <summary>Sets the switch's configuration.</summary>
    SetConfig,

    /// <summary>A packet that the switch hands up.</summary>
    PacketIn,

    /// <summary>A rule is gone.</summary>
    FlowRemoved,

    /// <summary>A port has come, gone or changed.</summary>
    PortStatus,

    /// <summary>A packet that the controller sends out.</summary>
    PacketOut,

    /// <summary>Changes the flow table.</summary>
    FlowMod,

    /// <summary>Changes a port.</summary>
    PortMod,

    /// <summary>Asks for statistics or descriptions (STATS_REQUEST, MULTIPART_REQUEST).</summary>
    MultipartRequest,

    /// <summary>One part of the answer to a multipart request.</summary>
    MultipartReply,

    /// <summary>Asks to be told when all before it is done.</summary>
    BarrierRequest,

    /// <summary>All before the barrier request is done.</summary>
    BarrierReply,

    /// <summary>Asks for the queues of a port.</summary>
    QueueGetConfigRequest,

    /// <summary>The queues of a port.</summary>
    QueueGetConfigReply,

    /// <summary>Changes a group (1.1 and later).</summary>
    GroupMod,

    /// <summary>Changes a table's behaviour (1.1 and later).</summary>
    TableMod,

    /// <summary>Changes a meter (1.3).</summary>
    MeterMod,

    /// <summary>Asks for a role, or which it is (1.2 and later; 1.0 by Nicira's extension).</summary>
    RoleRequest,

    /// <summary>The role of a controller.</summary>
    RoleReply,

    /// <summary>Asks which events are sent (1.3).</summary>
    GetAsyncRequest,

    /// <summary>Which events are sent (1.3).</summary>
    GetAsyncReply,

    /// <summary>Says which events to send (1.3).</summary>
    SetAsync,

    /// <summary>Opens, closes, commits or drops a bundle, and the answers (1.3: by the ONF's extension).</summary>
    BundleControl,

    /// <summary>Adds a message to a bundle (1.3: by the ONF's extension).</summary>
    BundleAdd,
}
