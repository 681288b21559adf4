using Lime.Core.Translation;
using Lime.OpenFlow.Actions;

namespace Lime.Core.Rules;

/// <summary>What an entry does that sends its rule's packets to us in the rule's place.</summary>
internal static class GuardInstructions
{
    /// <summary>To the controller, all of the packet, and nothing else.</summary>
    /// <remarks>It measures as the rule does, since no packet-out can be measured. What tables before have written to
    /// the action set would be carried out behind it (1.3.5 section 5.10), so it empties the set where there may be
    /// one.</remarks>
    public static InstructionSet For(FlowRule rule, ShadowFlowTable table)
    {
        var meter = rule.Instructions.Others.Meter;
        bool clears = table.HasWritersBefore(rule.Key.Table);
        return meter is null && !clears
            ? InstructionSet.ToController
            : new InstructionSet(
                ActionList.ToController, new FlowInstructions { Meter = meter, ClearsActions = clears });
    }
}
