using Lime.OpenFlow.Messages;

namespace Lime.Core.Switches;

/// <summary>The hosts of an ensemble that come and go at one instance.</summary>
/// <remarks>Threading: the owner loop's.</remarks>
internal sealed class HostsAtInstance(Instance instance)
{
    private readonly List<HostPort> _ports = [];

    public void Add(HostPort port) => _ports.Add(port);

    /// <summary>Takes what comes up from a fenced place; no app is to see it.</summary>
    /// <returns>False for other packets.</returns>
    public bool TryTake(in PacketIn message)
    {
        foreach (HostPort each in _ports)
        {
            if (!each.IsFencedAt(instance) || each.HomeAt(instance) != message.InPort) continue;
            each.Take(instance, message.Data);
            return true;
        }
        return false;
    }

    /// <summary>The switch may have lost its rules.</summary>
    public void Restore()
    {
        foreach (HostPort each in _ports) each.Restore(instance);
    }
}
