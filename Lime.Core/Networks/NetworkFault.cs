namespace Lime.Core.Networks;

/// <summary>Something wrong in a network description.</summary>
/// <param name="Path">Where, as a JSON path into the network file
/// (<c>$.virtualSwitches[1].ports[0].physical</c>).</param>
/// <param name="Message">What was found and what was expected.</param>
public sealed record NetworkFault(string Path, string Message)
{
    /// <summary>Path and message in a line.</summary>
    public override string ToString() => $"{Path}: {Message}";
}
