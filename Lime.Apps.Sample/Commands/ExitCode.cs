namespace Lime.Apps.Sample.Commands;

/// <summary>What the process tells its caller.</summary>
internal static class ExitCode
{
    /// <summary>It did what was asked; for <c>migrate</c>: Completed.</summary>
    public const int Success = 0;

    /// <summary>For <c>migrate</c>: Aborted, the switch is where it was.</summary>
    public const int Aborted = 1;

    /// <summary>For <c>decode</c> and <c>fuzz</c>: a message is not as it should be.</summary>
    public const int FoundFaults = 1;

    /// <summary>It could not begin: bad arguments, a bad file, an address in use, nobody answers.</summary>
    public const int CouldNotStart = 2;

    /// <summary>For <c>migrate</c>: the controller went away; how the migration ended is not known.</summary>
    public const int LostSight = 3;
}
