namespace Lime.OpenFlow.Messages;

/// <summary>What a meter-mod does (ofp_meter_mod_command; the values are those of the wire).</summary>
public enum MeterModCommand : ushort
{
    /// <summary>Add a new meter (OFPMC_ADD).</summary>
    Add = 0,

    /// <summary>Change flags and bands of one (OFPMC_MODIFY).</summary>
    Modify = 1,

    /// <summary>Delete one, and the rules that use it (OFPMC_DELETE).</summary>
    Delete = 2,
}
