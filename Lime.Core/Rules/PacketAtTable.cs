using Lime.Core.Translation;
using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Rules;

/// <summary>A packet that has come as far as a table of a virtual switch.</summary>
/// <param name="InPort">The virtual port it came in by.</param>
/// <param name="Frame">Its bytes, as the tables before have left them.</param>
internal sealed record PacketAtTable(PortNumber InPort, byte[] Frame)
{
    public TableId Table { get; init; }

    /// <summary>What the tables before have written.</summary>
    public ulong Metadata { get; init; }

    /// <summary>What its port gave it, if that is a tunnel.</summary>
    public ulong TunnelId { get; init; }

    /// <summary>The rule of the table that it has met, which has counted it and, if it has a meter, measured it; null:
    /// the table is to be looked at.</summary>
    public FlowRule? Met { get; init; }

    /// <summary>What that rule does; null: as it says itself.</summary>
    public InstructionSet? Instructions { get; init; }

    /// <summary>That rule's cookie; null: as it says itself.</summary>
    public Cookie? Cookie { get; init; }
}
