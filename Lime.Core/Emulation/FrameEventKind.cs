namespace Lime.Core.Emulation;

/// <summary>What happened to a frame on a link.</summary>
public enum FrameEventKind
{
    /// <summary>Its sender gave it to the link.</summary>
    Sent,

    /// <summary>It arrived.</summary>
    Delivered,

    /// <summary>It was lost by chance.</summary>
    Lost,

    /// <summary>A queue of the link was full.</summary>
    QueueFull,

    /// <summary>The link was down, or went down while the frame was on the way.</summary>
    LinkDown,
}
