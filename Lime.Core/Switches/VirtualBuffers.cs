using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Switches;

/// <summary>The packets that apps may name by an id of ours: those that instances hold, since instances' ids may
/// collide (H-01), and those that Lime holds itself because more of them came up than apps had asked for.</summary>
/// <remarks>Life cycle: does nothing until <see cref="Begin"/>, the first migration; from then on every id that apps
/// get is ours, since the numbers of one instance mean other packets at another. Bound: the last 4,096 packets; older
/// ids are unknown, as on a switch whose buffers were used again. Threading: the owner loop's.</remarks>
/// <param name="isLive">Whether an instance carries traffic.</param>
/// <param name="canHold">Whether apps know the switch as one that holds packets.</param>
internal sealed class VirtualBuffers(Func<Instance, bool> isLive, Func<bool> canHold)
{
    private const uint Kept = 4096;

    /// <summary>Ids of ours have this bit, so that they differ from those an app was given before
    /// <see cref="Begin"/> (switches count theirs from 0).</summary>
    private const uint Mark = 0x4000_0000;

    /// <summary>Null until the first migration: most switches never migrate.</summary>
    private Entry[]? _entries;
    private Instance? _first;
    private uint _last;

    /// <summary>Whether ids are ours.</summary>
    public bool IsActive => IsClosed || _entries is not null;

    /// <summary>Whether apps know the switch as one that holds nothing, and are shown all of each packet.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Ids are ours from now on; those that apps have are the given instance's.</summary>
    public void Begin(Instance first)
    {
        if (IsActive) return;
        _entries = new Entry[Kept];
        _first = first;
    }

    /// <summary>Apps know the switch as one that holds nothing: from now on there are no ids.</summary>
    public void Close() => IsClosed = true;

    /// <summary>A packet that an instance holds.</summary>
    /// <returns>The id for apps.</returns>
    public BufferId Add(Instance instance, BufferId physical, PortNumber virtualInPort)
    {
        if (physical == BufferId.None || IsClosed) return BufferId.None;
        if (_entries is null) return physical;
        return Add(new Entry(instance, physical, virtualInPort, null));
    }

    /// <summary>A packet that Lime has all of.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="bytesMax">How much of it is asked for; 65,535: all, and then nobody need hold it.</param>
    /// <param name="id">The id for apps; none if all of it is shown.</param>
    /// <returns>What apps are shown of it. A switch without buffers shows all (1.3.5 section 7.4.1).</returns>
    public ReadOnlySpan<byte> Keep(scoped in Packet packet, ushort bytesMax, out BufferId id)
    {
        id = BufferId.None;
        bool isHeld = bytesMax != ushort.MaxValue && _entries is not null && canHold();
        if (!isHeld) return packet.Frame;
        id = Add(new Entry(packet.Instance, BufferId.None, packet.InPort, packet.Frame));
        return packet.Frame.AsSpan(0, Math.Min(packet.Frame.Length, bytesMax));
    }

    /// <summary>Takes a packet out for use.</summary>
    /// <returns>Null: there is none; <see cref="FaultOf"/> says why.</returns>
    public Entry? Take(BufferId id)
    {
        if (_entries is null) return null;
        if ((id.Value & Mark) == 0)
        {
            bool isThere = _first is not null && isLive(_first);
            return isThere ? new Entry(_first, id, PortNumber.Any, null) : null;
        }
        ref Entry entry = ref _entries[id.Value % Kept];
        if (entry.Id != id.Value || entry.IsUsed) return null;
        Entry found = entry;
        entry = new Entry(null, BufferId.None, default, null) { Id = id.Value, IsUsed = true };
        bool isHeld = found.Frame is not null || (found.Instance is { } holder && isLive(holder));
        return isHeld ? found : null;
    }

    /// <summary>What a switch says of an id that <see cref="Take"/> finds nothing for (H-05).</summary>
    public (ErrorType Type, ushort Code) FaultOf(BufferId id)
    {
        bool isUsed = _entries is not null && (id.Value & Mark) != 0
            && _entries[id.Value % Kept] is { IsUsed: true } entry && entry.Id == id.Value;
        return (ErrorType.BadRequest, isUsed ? ErrorCodes.BufferEmpty : ErrorCodes.BufferUnknown);
    }

    private BufferId Add(Entry entry)
    {
        uint id = Mark | (++_last & (Mark - 1));
        _entries![id % Kept] = entry with { Id = id };
        return new BufferId(id);
    }

    /// <summary>A packet, and where it came from.</summary>
    internal readonly record struct Packet(Instance? Instance, PortNumber InPort, byte[] Frame);

    /// <summary>Where a packet is held: at an instance, or here.</summary>
    internal readonly record struct Entry(Instance? Instance, BufferId Physical, PortNumber InPort, byte[]? Frame)
    {
        public uint Id { get; init; }

        public bool IsUsed { get; init; }
    }
}
