namespace Lime.OpenFlow.Messages;

/// <summary>What has happened to a port.</summary>
public enum PortStatusReason : byte
{
    /// <summary>It is new.</summary>
    Add = 0,

    /// <summary>It is gone.</summary>
    Delete = 1,

    /// <summary>It has changed.</summary>
    Modify = 2,
}
