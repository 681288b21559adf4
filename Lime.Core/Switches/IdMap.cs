namespace Lime.Core.Switches;

/// <summary>A virtual switch's numbers of groups, or meters, and those that they have on a physical switch that it
/// shares.</summary>
/// <remarks>Threading: the owner loop's.</remarks>
internal sealed class IdMap(IdPool pool)
{
    private readonly Dictionary<uint, uint> _toPhysical = [];
    private readonly Dictionary<uint, uint> _toVirtual = [];

    /// <summary>The virtual numbers that have one there.</summary>
    public IReadOnlyCollection<uint> All => [.. _toPhysical.Keys];

    /// <summary>The number there; one that has none is given one.</summary>
    public uint ToPhysical(uint virtualId)
    {
        if (_toPhysical.TryGetValue(virtualId, out uint known)) return known;
        uint taken = pool.Take();
        _toPhysical.Add(virtualId, taken);
        _toVirtual.Add(taken, virtualId);
        return taken;
    }

    /// <summary>The number that a virtual one has there, or null.</summary>
    public uint? Find(uint virtualId) => _toPhysical.TryGetValue(virtualId, out uint known) ? known : null;

    /// <summary>The virtual number, or null: it is somebody else's.</summary>
    public uint? ToVirtual(uint physicalId) => _toVirtual.TryGetValue(physicalId, out uint known) ? known : null;

    public void Release(uint virtualId)
    {
        if (!_toPhysical.Remove(virtualId, out uint physical)) return;
        _toVirtual.Remove(physical);
        pool.Return(physical);
    }

    public void ReleaseAll()
    {
        foreach (uint each in _toPhysical.Keys.ToArray()) Release(each);
    }
}
