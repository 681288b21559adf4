namespace Lime.Core.Emulation;

/// <summary>What one direction of a link has counted, in frames.</summary>
public readonly record struct LinkCounters
{
    /// <summary>Given to the link by its sender.</summary>
    public long Offered { get; init; }

    /// <summary>Arrived at the other end.</summary>
    public long Delivered { get; init; }

    /// <summary>Lost by chance.</summary>
    public long Lost { get; init; }

    /// <summary>Dropped because a queue was full.</summary>
    public long QueueDrops { get; init; }

    /// <summary>Offered or on the way while the link was down.</summary>
    public long DownDrops { get; init; }
}
