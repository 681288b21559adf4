using Lime.Core.Emulation.Tables;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Emulation.Switching;

/// <summary>The packets that a switch holds until its controller has decided.</summary>
/// <remarks>Threading: the loop's. Bounded: a new packet takes the place of the oldest. Ids count up, so
/// that one that was used (BUFFER_EMPTY) can be told from one that was overwritten or never given
/// (BUFFER_UNKNOWN).</remarks>
internal sealed class PacketBuffers(EmulationContext context, int count, TimeSpan lifetime)
{
    private readonly Slot[] _slots = new Slot[count];
    private uint _nextId = 1;

    public bool CanHold => _slots.Length > 0;

    public BufferId Hold(byte[] frame, PortNumber inPort)
    {
        uint id = _nextId++;
        if (_nextId == BufferId.None.Value) _nextId = 1;
        _slots[id % (uint)_slots.Length] = new Slot(id, frame, inPort, context.NowTicks + lifetime.Ticks);
        return new BufferId(id);
    }

    /// <summary>Takes a held packet; each can be taken once.</summary>
    /// <returns>Why not, or null.</returns>
    public Refusal? Take(BufferId id, out byte[] frame, out PortNumber inPort)
    {
        frame = [];
        inPort = PortNumber.Any;
        if (!CanHold || id.Value == 0) return Unknown;
        ref Slot slot = ref _slots[id.Value % (uint)_slots.Length];
        if (slot.Id != id.Value) return Unknown;
        if (slot.Frame is null) return new Refusal(ErrorType.BadRequest, ErrorCodes.BufferEmpty);
        if (context.NowTicks >= slot.ExpiryTicks) return Unknown;
        frame = slot.Frame;
        inPort = slot.InPort;
        slot = slot with { Frame = null };
        return null;
    }

    private static Refusal Unknown => new(ErrorType.BadRequest, ErrorCodes.BufferUnknown);

    private readonly record struct Slot(uint Id, byte[]? Frame, PortNumber InPort, long ExpiryTicks);
}
