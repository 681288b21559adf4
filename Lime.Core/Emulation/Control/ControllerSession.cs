using Lime.Core.Emulation.Tables;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Emulation.Control;

/// <summary>What a switch keeps of its controller: its role, and which events it is sent (1.3.5 sections 6.3.4 and
/// 6.3.5).</summary>
/// <remarks>Life cycle: that of the switch; a new connection begins as equal and with the masks of
/// <see cref="Reset"/>, the newest generation id stays. Threading: the loop's.</remarks>
internal sealed class ControllerSession
{
    /// <summary>Everything but used up times to live, and as a slave port changes alone: what Open vSwitch begins
    /// with.</summary>
    private static readonly AsyncMasks Initial = new(
        PacketIn: (1 << (int)PacketInReason.NoMatch) | (1 << (int)PacketInReason.Action),
        PacketInAsSlave: 0,
        PortStatus: 0b111,
        PortStatusAsSlave: 0b111,
        FlowRemoved: 0b1111,
        FlowRemovedAsSlave: 0);

    private ulong? _generationId;

    public ControllerRole Role { get; private set; } = ControllerRole.Equal;

    public AsyncMasks Masks { get; set; } = Initial;

    public bool IsSlave => Role == ControllerRole.Slave;

    /// <summary>The newest generation id; all ones: none yet.</summary>
    public ulong GenerationId => _generationId ?? ulong.MaxValue;

    public void Reset()
    {
        Role = ControllerRole.Equal;
        Masks = Initial;
    }

    /// <summary>Takes a role.</summary>
    /// <param name="request">Which.</param>
    /// <param name="hasGenerations">Whether the version has generation ids; Nicira's extension of 1.0 has none.</param>
    /// <returns>Why not, or null.</returns>
    public Refusal? Change(RoleRequest request, bool hasGenerations)
    {
        if (request.Role > ControllerRole.Slave) return Refuse(ErrorCodes.RoleBadRole);
        if (request.Role == ControllerRole.NoChange) return null;
        if (hasGenerations && request.Role != ControllerRole.Equal)
        {
            // The ids count up and wrap: the sign of the distance tells which is newer.
            bool isStale = _generationId is { } newest && (long)(request.GenerationId - newest) < 0;
            if (isStale) return Refuse(ErrorCodes.RoleStale);
            _generationId = request.GenerationId;
        }
        Role = request.Role;
        return null;
    }

    public bool Wants(PacketInReason reason) => Has(IsSlave ? Masks.PacketInAsSlave : Masks.PacketIn, (int)reason);

    public bool Wants(PortStatusReason reason) =>
        Has(IsSlave ? Masks.PortStatusAsSlave : Masks.PortStatus, (int)reason);

    public bool Wants(FlowRemovedReason reason) =>
        Has(IsSlave ? Masks.FlowRemovedAsSlave : Masks.FlowRemoved, (int)reason);

    private static bool Has(uint mask, int bit) => (mask & (1u << bit)) != 0;

    private static Refusal Refuse(ushort code) => new(ErrorType.RoleRequestFailed, code);
}
