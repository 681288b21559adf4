using Lime.Core.Rules;
using Lime.OpenFlow;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Wire;

namespace Lime.Core.Switches;

/// <summary>Makes a virtual switch's commands behave as its first instance's version has it, when that
/// connects.</summary>
/// <remarks>The usual change is from nothing known; a switch that comes back with another version has lost what that
/// cannot say, as one that was replaced.</remarks>
internal static class VersionChange
{
    public static void Apply(VirtualSwitch virtualSwitch, OpenFlowCodec codec)
    {
        ShadowFlowTable table = virtualSwitch.Table;
        if (table.Semantics == codec.Semantics) return;
        // Judged as they are: where there are no tables a rule of a later one must not become one of the first.
        FlowRule[] unsayable = [.. table.Rules.Where(rule => !CanSay(codec, rule))];
        foreach (FlowRule rule in unsayable) table.Remove(rule);
        List<FlowRule> gone = [.. unsayable, .. table.ChangeSemantics(codec.Semantics)];
        virtualSwitch.Resources.Restrict(codec.Semantics);
        long nowTicks = virtualSwitch.Loop.NowTicks;
        foreach (FlowRule rule in gone) virtualSwitch.Report(new Removal(rule, FlowRemovedReason.Delete, nowTicks));
    }

    private static bool CanSay(OpenFlowCodec codec, FlowRule rule)
    {
        try
        {
            codec.SizeOf(rule.ToFlowMod(FlowModCommand.Add));
            return true;
        }
        catch (UnsupportedByVersionException)
        {
            return false;
        }
    }
}
