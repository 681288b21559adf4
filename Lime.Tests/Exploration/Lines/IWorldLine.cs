using Lime.Tests.Exploration.Search;

namespace Lime.Tests.Exploration.Lines;

/// <summary>Something in a world that takes one step after the other, when it is told to.</summary>
internal interface IWorldLine
{
    bool IsEnabled { get; }

    /// <summary>The steps without which the next one could not be taken.</summary>
    IEnumerable<int> Causes { get; }

    /// <summary>The queue that it works off, if it is one.</summary>
    FrameQueue? Queue { get; }

    /// <summary>Whether it may yet begin something by itself.</summary>
    bool HasPlans => false;

    /// <summary>Takes the next step.</summary>
    Footprint Act();
}
