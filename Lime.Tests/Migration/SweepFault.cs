namespace Lime.Tests.Migration;

/// <summary>What goes wrong in a run of the sweep.</summary>
/// <param name="Kind">What.</param>
/// <param name="Switch">At which switch; empty: at none.</param>
/// <param name="At">At which message.</param>
/// <param name="IsAfter">Just after it has passed, not before.</param>
internal sealed record SweepFault(SweepFaultKind Kind, string Switch, int At, bool IsAfter)
{
    /// <summary>Whether the switch has forgotten its rules, so that packets there are lost.</summary>
    public bool IsReboot => Kind is SweepFaultKind.Rebooted or SweepFaultKind.Foreign;

    public override string ToString() => $"{Kind} {Switch} {(IsAfter ? "after" : "before")} message {At}";
}
