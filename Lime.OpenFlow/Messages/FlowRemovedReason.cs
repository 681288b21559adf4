namespace Lime.OpenFlow.Messages;

/// <summary>Why a rule went.</summary>
public enum FlowRemovedReason : byte
{
    /// <summary>No packet for its idle timeout.</summary>
    IdleTimeout = 0,

    /// <summary>Its hard timeout is over.</summary>
    HardTimeout = 1,

    /// <summary>A controller deleted it.</summary>
    Delete = 2,

    /// <summary>A group that it used was deleted (1.1 and later).</summary>
    GroupDelete = 3,
}
