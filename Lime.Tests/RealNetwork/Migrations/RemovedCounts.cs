using Lime.Core.Apps;
using Lime.OpenFlow.Messages;

namespace Lime.Tests.RealNetwork.Migrations;

/// <summary>Adds up what removed rules had counted, by the port that their packets came from.</summary>
/// <remarks>Threading: written on the controller's loop; read when nothing is removed any more.</remarks>
internal sealed class RemovedCounts(string switchName) : IControllerApp
{
    private readonly Dictionary<uint, long> _counts = [];

    public long CountOf(uint port) => _counts.GetValueOrDefault(port);

    public AppVerdict OnFlowRemoved(IVirtualSwitch virtualSwitch, FlowRemoved gone)
    {
        if (virtualSwitch.Name == switchName && gone.Match.InPort is { } port)
            _counts[port.Value] = _counts.GetValueOrDefault(port.Value) + (long)gone.PacketCount;
        return AppVerdict.Continue;
    }
}
