namespace Lime.OpenFlow.Messages;

/// <summary>A controller's role at a switch (ofp_controller_role; the values are those of 1.3's wire).</summary>
public enum ControllerRole : uint
{
    /// <summary>Leave it; asks which it is (OFPCR_ROLE_NOCHANGE).</summary>
    NoChange = 0,

    /// <summary>Full access, beside others (OFPCR_ROLE_EQUAL).</summary>
    Equal = 1,

    /// <summary>Full access, the others become slaves (OFPCR_ROLE_MASTER).</summary>
    Master = 2,

    /// <summary>Reads only, and gets port changes only (OFPCR_ROLE_SLAVE).</summary>
    Slave = 3,
}
