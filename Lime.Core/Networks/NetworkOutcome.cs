using System.Collections.Immutable;

namespace Lime.Core.Networks;

/// <summary>What has become of a command on a virtual network: it was carried out, or nothing was changed.</summary>
/// <param name="Refusal">Why it was not carried out.</param>
/// <param name="Faults">What stands against it, each with its place in the network's description; empty if it was
/// carried out.</param>
/// <remarks>Threading: immutable.</remarks>
public sealed record NetworkOutcome(NetworkRefusal Refusal, ImmutableArray<NetworkFault> Faults)
{
    /// <summary>Whether it was carried out.</summary>
    public bool IsDone => Refusal == NetworkRefusal.None;

    internal static NetworkOutcome Done { get; } = new(NetworkRefusal.None, []);

    internal static NetworkOutcome Refused(NetworkRefusal why, string path, string message) =>
        new(why, [new NetworkFault(path, message)]);
}
