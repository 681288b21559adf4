namespace Lime.Core.Migration;

/// <summary>What becomes of packets whose rule is being changed while several physical switches carry traffic
/// (paper section 4.1): none may meet the new rule at one of them, and cause another that meets the old rule
/// elsewhere.</summary>
public enum GuardMode
{
    /// <summary>They come to the controller, wait there in order, and leave by the new rule. Nothing is lost as long as
    /// the controller can hold them.</summary>
    Serialise,

    /// <summary>None is guarded: all traffic is steered to one of the physical switches, by rewriting the neighbours'
    /// rules, until the rule is changed at all of them. No packet comes to the controller, but each detour takes as
    /// long as it takes to see that nothing passes through the others any more. Every attachment needs a neighbour
    /// that can steer its packets, else the plan is refused.</summary>
    Detour,

    /// <summary>They are dropped, and counted as lost (the first variant of the paper). Cheap for the controller; only
    /// for traffic that can stand it. A rule that no other can be placed above (it has the highest priority, or one
    /// of the next higher priority overlaps it) is guarded as by <see cref="Serialise"/>.</summary>
    Drop,
}
