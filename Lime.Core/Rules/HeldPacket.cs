using Lime.Core.Translation;
using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Rules;

/// <summary>A packet that came up by a guard rule and waits for the new rule.</summary>
/// <param name="Instance">The instance that sent it up.</param>
/// <param name="BufferId">That instance's hold on it, or none.</param>
/// <param name="InPort">The virtual port it came in by.</param>
/// <param name="Bytes">The packet.</param>
internal sealed record HeldPacket(DatapathId Instance, BufferId BufferId, PortNumber InPort, byte[] Bytes)
{
    /// <summary>Whether the guard that sent it up is gone.</summary>
    public bool IsLate { get; init; }

    /// <summary>The table in which it met the guard.</summary>
    public TableId Table { get; init; }

    /// <summary>What the tables before had written.</summary>
    public ulong Metadata { get; init; }

    /// <summary>What its port gave it, if that is a tunnel.</summary>
    public ulong TunnelId { get; init; }

    /// <summary>The rule in whose place the entry was that sent it up, and that has counted it; null: not
    /// known.</summary>
    public FlowRule? Guarded { get; init; }

    /// <summary>What that rule does with it; null: as it says when the packet leaves.</summary>
    public InstructionSet? Instructions { get; init; }

    /// <summary>The cookie that the rule had then; null: as it has when the packet leaves.</summary>
    public Cookie? Cookie { get; init; }
}
