using Lime.Core.Rules;
using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Switches;

/// <summary>Rules whose commands are on their way to a switch, so that a refusal finds the rule it is about.</summary>
internal sealed class RuleBatch(FlowRule[] rules)
{
    /// <summary>The id of each rule's last command; they ascend.</summary>
    private readonly uint[] _lastXids = new uint[rules.Length];

    private uint _xidBefore;

    public int Length => rules.Length;

    /// <summary>Sends every rule's commands through an instance.</summary>
    /// <param name="instance">The instance.</param>
    /// <param name="send">Sends those of one rule, and says how many they are.</param>
    /// <returns>How many commands.</returns>
    public int Send(Instance instance, Func<FlowRule, int> send)
    {
        int sent = 0;
        _xidBefore = instance.LastXid.Value;
        for (int i = 0; i < rules.Length; i++)
        {
            sent += send(rules[i]);
            _lastXids[i] = instance.LastXid.Value;
        }
        return sent;
    }

    /// <summary>The rule that a command was for; null if it was none of these.</summary>
    /// <param name="xid">The command's id.</param>
    public FlowRule? Find(Xid xid)
    {
        if (xid.Value <= _xidBefore) return null;
        int index = Array.FindIndex(_lastXids, each => each >= xid.Value);
        return index < 0 ? null : rules[index];
    }
}
