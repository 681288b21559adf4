using Lime.Core.Migration;

namespace Lime.Apps.Sample.Commands;

/// <summary>How migrations' methods, guards and phases are written on the command line and in the operator
/// API.</summary>
internal static class MigrationWords
{
    public static string ToText(MigrationMethod method) =>
        method == MigrationMethod.FreezeAndCopy ? "freeze-and-copy" : "clone";

    public static string ToText(GuardMode guard) => guard switch
    {
        GuardMode.Detour => "detour",
        GuardMode.Drop => "drop",
        _ => "serialise",
    };

    public static string ToText(MigrationPhase phase) => phase switch
    {
        MigrationPhase.Preparing => "preparing",
        MigrationPhase.Cloning => "cloning",
        MigrationPhase.Cloned => "cloned",
        MigrationPhase.Draining => "draining",
        MigrationPhase.Retiring => "retiring",
        MigrationPhase.Completed => Completed,
        MigrationPhase.Aborting => "aborting",
        _ => "aborted",
    };

    public static string ToText(HostMoveState state) => state switch
    {
        HostMoveState.Waiting => "waiting",
        HostMoveState.Moving => "moving",
        HostMoveState.Moved => "moved",
        HostMoveState.Returning => "returning",
        _ => "failed",
    };

    /// <summary>The phase that tells success.</summary>
    public const string Completed = "completed";

    public static bool TryParseMethod(string text, out MigrationMethod method)
    {
        method = text == "freeze-and-copy" ? MigrationMethod.FreezeAndCopy : MigrationMethod.Clone;
        return text is "clone" or "freeze-and-copy";
    }

    public static bool TryParseGuard(string text, out GuardMode guard)
    {
        guard = text switch
        {
            "detour" => GuardMode.Detour,
            "drop" => GuardMode.Drop,
            _ => GuardMode.Serialise,
        };
        return text is "serialise" or "detour" or "drop";
    }
}
