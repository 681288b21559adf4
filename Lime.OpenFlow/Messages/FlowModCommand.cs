namespace Lime.OpenFlow.Messages;

/// <summary>What a flow-mod does; the values are those of the wire in every version.</summary>
/// <remarks>In 1.0, by an extension of Open vSwitch that has to be asked for (NXT_FLOW_MOD_TABLE_ID), the upper byte is
/// a table's number. Such a command is kept as the number that it is, which has no name here.</remarks>
public enum FlowModCommand : ushort
{
    /// <summary>Add a rule, in place of one with the same match and priority (OFPFC_ADD).</summary>
    Add = 0,

    /// <summary>Change the actions of every rule that the match covers (OFPFC_MODIFY).</summary>
    Modify = 1,

    /// <summary>Change the actions of the rule with this match and priority (OFPFC_MODIFY_STRICT).</summary>
    ModifyStrict = 2,

    /// <summary>Delete every rule that the match covers (OFPFC_DELETE).</summary>
    Delete = 3,

    /// <summary>Delete the rule with this match and priority (OFPFC_DELETE_STRICT).</summary>
    DeleteStrict = 4,
}
