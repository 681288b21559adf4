using Lime.Core.Emulation;
using Lime.OpenFlow;
using Lime.OpenFlow.Identifiers;

namespace Lime.Benchmarks.Overhead;

/// <summary>Where rules are copied to: an emulated switch with the ports that generated switches have.</summary>
internal static class OverheadTarget
{
    private const uint Ports = 4;

    public static EmulatedSwitch AddTo(
        EmulatedNetwork network, DatapathId datapath, OpenFlowVersion version, int tableCapacity = 1_000_000)
    {
        EmulatedSwitch target = network.AddSwitch(
            datapath.ToString(),
            datapath,
            new EmulatedSwitchOptions { Versions = [version], TableCapacity = tableCapacity });
        for (uint port = 1; port <= Ports; port++) target.AddPort(new PortNumber(port));
        return target;
    }
}
