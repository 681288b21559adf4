using Lime.Core.Migration;

namespace Lime.Core.Switches;

/// <summary>How updates are made while several instances live, as a migration's plan says.</summary>
/// <param name="Guard">What becomes of packets whose rule is being changed.</param>
/// <param name="Account">What updates cost.</param>
/// <param name="Detour">The way to steer all traffic to one instance; null: there is none.</param>
/// <param name="Fail">Ends the migration, with the reason.</param>
internal sealed record UpdateTerms(GuardMode Guard, UpdateAccount Account, Detour? Detour, Action<string> Fail)
{
    /// <summary>Whether an update waits for the evidence that the plan names, rather than for barriers alone. Only
    /// where the plan names one: evidence that takes a second would be too dear for every update.</summary>
    public bool WaitsForEvidence { get; init; }

    /// <summary>Those of a virtual switch that is in no migration.</summary>
    public static UpdateTerms None(LoopAccess loop) =>
        new(GuardMode.Serialise, UpdateAccount.Unwatched(loop), null, static _ => { });
}
