using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Switches;

/// <summary>The virtual switches that lie on parts of one physical switch: whose each of its ports is, and whom what it
/// says concerns.</summary>
/// <remarks>A port is at most one's. Every rule of a part names the port that its packets come by, so that packets,
/// rules and what is reported of them are told apart by the port alone. Threading: the owner loop's.</remarks>
internal sealed class SwitchParts
{
    private readonly List<Instance> _all = [];
    private Dictionary<PortNumber, Instance> _owners = [];

    public IReadOnlyList<Instance> All => _all;

    public IdPool GroupIds { get; } = new();

    public IdPool MeterIds { get; } = new();

    /// <summary>Packet-ins from ports that are nobody's.</summary>
    public long PacketInsDropped { get; private set; }

    public void Add(Instance part)
    {
        _all.Add(part);
        Place();
    }

    /// <summary>A part is nobody's any more. The numbers of its groups and meters are given back when they are gone
    /// (<see cref="ResourceIds.ReleaseAll"/>).</summary>
    public void Remove(Instance part)
    {
        _all.Remove(part);
        Place();
    }

    /// <summary>The ports of a part have changed.</summary>
    public void Place()
    {
        var owners = new Dictionary<PortNumber, Instance>();
        foreach (Instance part in _all)
        {
            foreach (PortNumber port in part.Map.PhysicalPorts) owners[port] = part;
        }
        _owners = owners;
    }

    /// <summary>Whose a port is; null: nobody's.</summary>
    public Instance? OwnerOf(PortNumber physicalPort) => _owners.GetValueOrDefault(physicalPort);

    /// <summary>Whose a rule is; null: nobody's.</summary>
    public Instance? OwnerOf(in Match match) => match.InPort is { } port ? OwnerOf(port) : null;

    /// <summary>A packet has been handed up.</summary>
    public void PacketIn(in PacketIn message)
    {
        if (_owners.TryGetValue(message.InPort, out Instance? part)) part.VirtualSwitch.Events.PacketIn(part, message);
        else if (!TakeProbe(message)) PacketInsDropped++;
    }

    /// <summary>Probes of a part come by no port of its.</summary>
    private bool TakeProbe(in PacketIn message)
    {
        foreach (Instance part in _all)
        {
            if (part.Evidence is { } evidence && evidence.TryTake(message)) return true;
        }
        return false;
    }

    /// <summary>Whom a message concerns; null: nobody.</summary>
    public Instance? ConcernedBy(Xid xid, OpenFlowMessage message) => message switch
    {
        FlowRemoved removed => OwnerOf(removed.Match),
        PortStatus status => OwnerOf(status.Port.Port),
        ErrorMessage => _all.Find(each => each.Trail.Has(xid)),
        _ => null,
    };
}
