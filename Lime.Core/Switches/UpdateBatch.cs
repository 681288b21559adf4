using Lime.Core.Rules;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Wire;

namespace Lime.Core.Switches;

/// <summary>Commands that wait one behind the other and may share a transaction.</summary>
/// <remarks>
/// Behind the guards of all its changes a transaction takes effect at one moment: until the last guard is in place
/// packets meet old rules or wait, and those that wait meet new rules. One switch may carry out commands that no
/// barrier parts, each on a rule of its own, as close together, so that any number of them may share one. Strict
/// commands are such; others select rules that depend on those before them.
/// A deletion is only followed by deletions: a guard has its rule's place in the table from the beginning, and an
/// addition behind it may need the room that the deletion makes.
/// The end of a rule's time is a deletion.
/// A packet-out that names its ports may stand among them: it leaves behind the transaction, later than on a fast
/// switch
/// and as on a slow one, and what answers it meets rules that were given before the answer. So an app that gives a rule
/// and sends a packet on, for each packet, doesn't have to wait for a transaction each time.
/// Threading: the owner loop's.
/// </remarks>
internal sealed class UpdateBatch(TableSemantics semantics)
{
    private readonly HashSet<RuleKey> _keys = [];
    private bool _hasDeletion;

    public List<QueuedCommand> Commands { get; } = [];

    /// <summary>Takes a command, if it may share the transaction.</summary>
    public bool TryAdd(QueuedCommand command)
    {
        if (command.PacketOut is { GoesThroughTable: false } && Commands.Count > 0)
        {
            Commands.Add(command);
            return true;
        }
        bool isEnd = command.Expiry is not null;
        if (!isEnd && !IsStrict(command)) return false;
        bool isDeletion = isEnd || command.FlowMod.Command == FlowModCommand.DeleteStrict;
        RuleKey key = command.Expiry?.Rule.Key ?? KeyOf(command.FlowMod);
        if ((_hasDeletion && !isDeletion) || !_keys.Add(key)) return false;
        _hasDeletion |= isDeletion;
        Commands.Add(command);
        return true;
    }

    private bool IsStrict(QueuedCommand command) => command.IsFlowMod
        && command.FlowMod.Command is FlowModCommand.Add or FlowModCommand.ModifyStrict or FlowModCommand.DeleteStrict
        && !(semantics.HasTables && command.FlowMod.Table == TableId.All);

    private RuleKey KeyOf(in FlowMod flowMod) =>
        RuleKey.Of(flowMod.Match, flowMod.Priority, flowMod.Table, semantics);
}
