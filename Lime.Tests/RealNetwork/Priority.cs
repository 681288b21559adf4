namespace Lime.Tests.RealNetwork;

/// <summary>How the programs that forward and count packets are started.</summary>
internal static class Priority
{
    /// <summary>Put before a command line.</summary>
    /// <remarks>The kernel keeps some 250 small packets for a program that has no processor: 130 ms of
    /// two pings at 1,000 a second. On a machine that is busy with other things what is lost beyond
    /// would be counted against the controller, so these programs go first. Where that is not allowed,
    /// nice says so and runs the program all the same.</remarks>
    public static readonly IReadOnlyList<string> High = ["nice", "-n", "-15"];
}
