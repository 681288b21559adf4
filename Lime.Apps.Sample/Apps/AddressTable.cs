using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;

namespace Lime.Apps.Sample.Apps;

/// <summary>Where the addresses of one virtual switch are, by MAC address and VLAN; bounded.</summary>
/// <remarks>
/// Two generations of half the bound each: when the young one is full, the old one is emptied and becomes
/// the young. Who is heard of or asked for stays young, so the ones forgotten are those silent for longest,
/// at no cost per packet.
/// Threading: one thread, that of the loop which owns the virtual switch.
/// </remarks>
internal sealed class AddressTable
{
    private readonly int _generationMax;
    private Dictionary<ulong, LearnedPort> _young = [];
    private Dictionary<ulong, LearnedPort> _old = [];

    public AddressTable(int addressesMax)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(addressesMax, 2);
        _generationMax = addressesMax / 2;
    }

    public int Count => _young.Count + _old.Count;

    /// <summary>Remembers that <paramref name="address"/> is at <paramref name="port"/>.</summary>
    /// <returns>The port where it was before, if that was another; else null.</returns>
    public PortNumber? Learn(MacAddress address, ushort vlanId, PortNumber port)
    {
        ulong key = Key(address, vlanId);
        bool isKnown = TryFind(key, out LearnedPort learned);
        if (isKnown && learned.Port == port) return null;
        Put(key, new LearnedPort(port, ActionList.Output(port)));
        return isKnown ? learned.Port : null;
    }

    public bool TryFind(MacAddress address, ushort vlanId, out LearnedPort learned) =>
        TryFind(Key(address, vlanId), out learned);

    private static ulong Key(MacAddress address, ushort vlanId) => (address.Value << 16) | vlanId;

    private bool TryFind(ulong key, out LearnedPort learned)
    {
        if (_young.TryGetValue(key, out learned)) return true;
        if (!_old.Remove(key, out learned)) return false;
        Put(key, learned);
        return true;
    }

    private void Put(ulong key, LearnedPort learned)
    {
        if (_young.Count >= _generationMax && !_young.ContainsKey(key))
        {
            _old.Clear();
            (_young, _old) = (_old, _young);
        }
        _young[key] = learned;
    }
}
