using Lime.Core.Rules;

namespace Lime.Core.Switches;

/// <summary>Goes over all rules of a virtual switch in slices, a turn of the loop each, so that a large table keeps no
/// packet waiting.</summary>
/// <remarks>A small table is gone over at once. Rules that come meanwhile may be missed, and rules that go are not
/// called; who has to know follows changes besides. Counted in rules, not in time, so that a run in virtual time is the
/// same each time. Threading: the owner loop's.</remarks>
internal static class RuleWalk
{
    /// <summary>Well under a millisecond of what is usually done with a rule.</summary>
    public const int SliceRules = 512;

    /// <summary>Calls for each rule.</summary>
    public static async Task EachAsync(VirtualSwitch virtualSwitch, Action<FlowRule> look)
    {
        var slice = new FlowRule[SliceRules];
        int next = 0;
        while (true)
        {
            int count = virtualSwitch.Table.Rules.CopySlice(ref next, slice);
            for (int i = 0; i < count; i++) look(slice[i]);
            if (count < SliceRules) return;
            await PauseAsync(virtualSwitch.Loop);
        }
    }

    /// <summary>The rules for which something holds, in the table's order.</summary>
    public static async Task<List<FlowRule>> WhereAsync(VirtualSwitch virtualSwitch, Func<FlowRule, bool> holds)
    {
        var found = new List<FlowRule>();
        await EachAsync(virtualSwitch, rule =>
        {
            if (holds(rule)) found.Add(rule);
        });
        return found;
    }

    /// <summary>The loop's others have their turn.</summary>
    public static Task PauseAsync(LoopAccess loop) => loop.WaitAsync(TimeSpan.Zero, CancellationToken.None);
}
