using System.Collections.Frozen;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Switches;

/// <summary>What instances report of their ports, turned into what one switch would report (H-53): each change once,
/// and
/// nothing while the virtual port stays what it was.</summary>
/// <remarks>
/// While several instances live, a virtual port that leads to another switch is down as soon as it is down at one of
/// them:
/// packets may leave by any. One that leads to a host is up as long as it is up at one, for the host is plugged in at
/// one
/// of them at a time. The rest of the port is the first instance's.
/// Threading: the owner loop's.
/// </remarks>
internal sealed class PortNews(VirtualSwitch virtualSwitch)
{
    /// <summary>OFPPS_LINK_DOWN, in every version; and OFPPS_BLOCKED and OFPPS_LIVE, which 1.0 doesn't use.</summary>
    private const uint LinkDown = 1;
    private const uint Blocked = 2;
    private const uint Live = 4;

    /// <summary>The virtual ports that lead to other switches, where the migration knows them.</summary>
    public FrozenSet<PortNumber> LeadingToSwitches { get; set; } = [];

    private readonly HashSet<PortNumber> _held = [];

    /// <summary>The host at a virtual port is unplugged and plugged in elsewhere by Lime's own doing: nothing of that
    /// is told until <see cref="Release"/>.</summary>
    public void Hold(PortNumber virtualPort) => _held.Add(virtualPort);

    /// <summary>The host is there: what its port is now is told, if that is news.</summary>
    public void Release(PortNumber virtualPort)
    {
        if (_held.Remove(virtualPort)) Refresh(virtualPort);
    }

    /// <summary>An instance's port is new, changed or gone.</summary>
    public void Changed(Instance instance, PortStatus message)
    {
        bool isFirst = instance == virtualSwitch.Primary;
        bool isAlone = isFirst && virtualSwitch.Live.Count == 1;
        bool isOnlyHere = isFirst && message.Reason is PortStatusReason.Add or PortStatusReason.Delete;
        if (instance.Map.IsIdentity && (isAlone || isOnlyHere))
        {
            Tell(message, message.Reason == PortStatusReason.Delete);
            return;
        }
        // One that is being filled carries nothing yet.
        if (!virtualSwitch.Live.Contains(instance)) return;
        if (!instance.Map.TryToVirtual(message.Port.Port, out PortNumber virtualPort)) return;
        Refresh(virtualPort);
    }

    /// <summary>Other instances carry traffic from now on. Only their links are news; what else their ports are is not
    /// the apps' business.</summary>
    public void InstancesChanged()
    {
        foreach (PortDescription known in virtualSwitch.Ports)
        {
            if (_held.Contains(known.Port) || Merged(known.Port) is not { } merged) continue;
            TellIfNew(known, known with { State = (known.State & ~LinkDown) | (merged.State & LinkDown) });
        }
    }

    private void Refresh(PortNumber virtualPort)
    {
        if (_held.Contains(virtualPort)) return;
        PortDescription? known = virtualSwitch.Ports.FirstOrDefault(each => each.Port == virtualPort);
        if (known is null || Merged(virtualPort) is not { } news) return;
        TellIfNew(known, VirtualPorts.Merge(virtualSwitch.Ports, virtualPort, news));
    }

    private void TellIfNew(PortDescription known, PortDescription news)
    {
        if (news != known) Tell(new PortStatus(PortStatusReason.Modify, news), isGone: false);
    }

    /// <summary>The first instance's port, with the link of all; null: none tells of it.</summary>
    private PortDescription? Merged(PortNumber virtualPort)
    {
        PortDescription? merged = null;
        bool isToSwitch = LeadingToSwitches.Contains(virtualPort);
        foreach (Instance each in virtualSwitch.Live)
        {
            if (!each.Physical.IsConnected || PortOf(each, virtualPort) is not { } port) continue;
            merged = merged is null ? port : merged with { State = Both(merged.State, port.State, isToSwitch) };
        }
        return merged;
    }

    private static uint Both(uint first, uint second, bool isToSwitch)
    {
        uint either = first | second;
        uint both = first & second;
        const uint Bad = LinkDown | Blocked;
        uint bad = (isToSwitch ? either : both) & Bad;
        uint live = (isToSwitch ? both : either) & Live;
        return (first & ~(Bad | Live)) | bad | live;
    }

    /// <summary>A port that an instance was promised to have, and lacks, is one without a link.</summary>
    private static PortDescription? PortOf(Instance instance, PortNumber virtualPort)
    {
        if (instance.Map.PlaceOf(virtualPort) is not { } place) return null;
        return instance.Physical.Ports.FirstOrDefault(each => each.Port == place.Home)
            ?? new PortDescription(virtualPort, default, $"port{virtualPort}") { State = LinkDown };
    }

    private void Tell(PortStatus status, bool isGone)
    {
        virtualSwitch.Describe(virtualSwitch.Features with
        {
            Ports = VirtualPorts.Replace(virtualSwitch.Ports, status.Port, isGone),
        });
        virtualSwitch.Apps.PortStatus(virtualSwitch, status);
    }
}
