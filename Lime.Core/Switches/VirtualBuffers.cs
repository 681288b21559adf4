using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Switches;

/// <summary>Gives packets that several instances hold ids of their own, since their ids may collide
/// (H-01).</summary>
/// <remarks>Bound: the last 4,096 packets; older ids are unknown, as on a switch whose buffers were used
/// again. Threading: the owner loop's.</remarks>
internal sealed class VirtualBuffers
{
    private const uint Kept = 4096;

    /// <summary>Ids of ours have this bit, so that they differ from those an app was given while one instance
    /// lived (switches count theirs from 0).</summary>
    private const uint Mark = 0x4000_0000;

    /// <summary>Null until several instances live: most switches never migrate.</summary>
    private Entry[]? _entries;
    private uint _last;

    /// <summary>A packet that an instance holds.</summary>
    /// <returns>The id for apps.</returns>
    public BufferId Add(Instance instance, BufferId physical, PortNumber virtualInPort)
    {
        if (physical == BufferId.None) return physical;
        uint id = Mark | (++_last & (Mark - 1));
        _entries ??= new Entry[Kept];
        _entries[id % Kept] = new Entry(id, instance, physical, virtualInPort);
        return new BufferId(id);
    }

    /// <summary>Takes a packet out for use; a second use finds nothing.</summary>
    public Entry? Take(BufferId id)
    {
        if (_entries is null) return null;
        ref Entry entry = ref _entries[id.Value % Kept];
        if (entry.Instance is null || entry.Id != id.Value) return null;
        Entry found = entry;
        entry = default;
        return found;
    }

    /// <summary>Where a packet is held.</summary>
    internal readonly record struct Entry(uint Id, Instance Instance, BufferId Physical, PortNumber InPort);
}
