using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;

namespace Lime.OpenFlow.Messages;

/// <summary>A change of a flow table.</summary>
/// <remarks>Threading: immutable. Pass it by <see langword="in"/>.</remarks>
public readonly record struct FlowMod
{
    private readonly Match _match;

    /// <summary>Creates an ADD of a rule for every packet that drops it, at the default priority
    /// 32,768.</summary>
    public FlowMod()
    {
    }

    /// <summary>What to do.</summary>
    public FlowModCommand Command { get; init; }

    /// <summary>Which packets the rule applies to, or which rules the command does.</summary>
    public Match Match
    {
        get => _match;
        init => _match = value;
    }

    /// <summary>The flow table it is for; <see cref="TableId.All"/>, in a delete: every one. OpenFlow 1.0 has
    /// table 0 alone.</summary>
    public TableId Table { get; init; }

    /// <summary>The app's mark.</summary>
    public Cookie Cookie { get; init; }

    /// <summary>Modifies and deletes only (1.1 and later): the cookie's bits that a rule must share to be
    /// selected; 0: no filter.</summary>
    public Cookie CookieMask { get; init; }

    /// <summary>Seconds without a packet after which the rule goes; 0: never.</summary>
    public ushort IdleTimeoutSeconds { get; init; }

    /// <summary>Seconds after which the rule goes; 0: never.</summary>
    public ushort HardTimeoutSeconds { get; init; }

    /// <summary>Higher wins; in OpenFlow 1.0 an exact match beats every priority.</summary>
    public ushort Priority { get; init; } = 0x8000;

    /// <summary>A held packet to send through the new rule, or <see cref="BufferId.None"/>.</summary>
    public BufferId BufferId { get; init; } = BufferId.None;

    /// <summary>Deletes only: rules that send out of this port; <see cref="PortNumber.Any"/>: no
    /// filter.</summary>
    public PortNumber OutPort { get; init; } = PortNumber.Any;

    /// <summary>Deletes only (1.1 and later): rules that send to this group; <see cref="GroupId.Any"/>: no
    /// filter.</summary>
    public GroupId OutGroup { get; init; } = GroupId.Any;

    /// <summary>Flags.</summary>
    public FlowModFlags Flags { get; init; }

    /// <summary>What the rule does to its packets (1.3: its apply-actions instruction).</summary>
    public ActionList Actions { get; init; } = ActionList.Drop;

    /// <summary>What the rule does beside (1.1 and later).</summary>
    public FlowInstructions Instructions { get; init; } = FlowInstructions.None;

    /// <summary><see cref="Match"/> where it lies: a match is eleven words, which the packet path doesn't
    /// copy.</summary>
    public static ref readonly Match MatchOf(in FlowMod flowMod) => ref flowMod._match;
}
