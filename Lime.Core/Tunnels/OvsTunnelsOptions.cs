namespace Lime.Core.Tunnels;

/// <summary>How tunnels are made.</summary>
/// <param name="Owner">The controller's own name, by which it knows its tunnels again.</param>
internal sealed record OvsTunnelsOptions(string Owner)
{
    /// <summary>How long a switch process may take to make or remove a port.</summary>
    public TimeSpan TakenTimeout { get; init; } = TimeSpan.FromSeconds(10);
}
