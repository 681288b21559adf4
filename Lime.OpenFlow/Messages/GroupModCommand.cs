namespace Lime.OpenFlow.Messages;

/// <summary>What a group-mod does (ofp_group_mod_command; the values are those of the wire).</summary>
public enum GroupModCommand : ushort
{
    /// <summary>Add a new group (OFPGC_ADD).</summary>
    Add = 0,

    /// <summary>Change type and buckets of one (OFPGC_MODIFY).</summary>
    Modify = 1,

    /// <summary>Delete one, and the rules that use it (OFPGC_DELETE).</summary>
    Delete = 2,
}
