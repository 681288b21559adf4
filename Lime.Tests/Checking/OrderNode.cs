namespace Lime.Tests.Checking;

/// <summary>Something that has a position in the serial order, or gathers those that come before something.</summary>
/// <param name="what">What it is, for messages.</param>
/// <param name="eventIndex">Where in the trace it shows.</param>
internal sealed class OrderNode(Func<string> what, int eventIndex)
{
    public string What => what();

    public int EventIndex => eventIndex;

    /// <summary>Where it lies now; only ever goes up.</summary>
    public int Position { get; set; }

    /// <summary>Where it may lie at the earliest, whatever else.</summary>
    public int Lower { get; set; }

    /// <summary>Where it may lie at the latest.</summary>
    public int Upper { get; set; } = int.MaxValue;

    /// <summary>The least position from one on that is possible in itself; null: none is. By default every
    /// position is.</summary>
    public Func<int, int?>? LeastFrom { get; init; }

    /// <summary>What must not lie before it.</summary>
    public List<OrderNode> Next { get; } = [];

    /// <summary>A packet's story, if it is a packet.</summary>
    public PacketStory? Packet { get; init; }

    public bool IsBroken { get; set; }

    public bool IsQueued { get; set; }

    public int Awaited { get; set; }

    public void Before(OrderNode next) => Next.Add(next);
}
