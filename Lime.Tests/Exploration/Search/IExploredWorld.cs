namespace Lime.Tests.Exploration.Search;

/// <summary>A system that does nothing by itself: at each moment some of its lines can take a step, and who explores it
/// says which one does.</summary>
/// <remarks>Life cycle: one a run. The same steps in a new one lead to the same state.</remarks>
internal interface IExploredWorld : IDisposable
{
    /// <summary>The lines that can take a step now, a bit a line.</summary>
    ulong Enabled { get; }

    /// <summary>The steps, by their places in the run so far, without which a line's next step could not be taken:
    /// above all the one that sent the message which it delivers. Negative ones are from before the run.</summary>
    IEnumerable<int> CausesOf(int line);

    /// <summary>Steps, by their places in the run so far, that may as well come behind a line's next step, although
    /// that had to wait for what they caused: a step that waits for quiet does so whoever breaks it.</summary>
    IEnumerable<int> RivalsOf(int line);

    /// <summary>Takes a line's next step.</summary>
    /// <returns>What it has touched.</returns>
    Footprint Step(int line);

    /// <summary>The name of a line's next step, for people.</summary>
    string Describe(int line);

    /// <summary>Nothing can happen any more: is all as it should be?</summary>
    /// <returns>What is wrong, or null.</returns>
    string? FindFault();
}
