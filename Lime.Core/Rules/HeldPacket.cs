using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Rules;

/// <summary>A packet that came up by a guard rule and waits for the new rule.</summary>
/// <param name="Instance">The instance that sent it up.</param>
/// <param name="BufferId">That instance's hold on it, or none.</param>
/// <param name="InPort">The virtual port it came in by.</param>
/// <param name="Bytes">The packet.</param>
internal sealed record HeldPacket(DatapathId Instance, BufferId BufferId, PortNumber InPort, byte[] Bytes)
{
    /// <summary>The rule whose guard sent it up, where a packet-in says so; null: to be looked for.</summary>
    public FlowRule? Guarded { get; init; }

    /// <summary>The rule whose entry, a guard then, has counted it.</summary>
    public FlowRule? CountedBy { get; init; }

    /// <summary>What it adds to a rule's counters.</summary>
    public FlowCounters Counters => new(1, (ulong)Bytes.Length);
}
