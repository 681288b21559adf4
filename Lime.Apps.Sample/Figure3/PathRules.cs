using Lime.Core.Apps;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;

namespace Lime.Apps.Sample.Figure3;

/// <summary>The paper's control application: "installs rules on each of the switches to provide a path
/// between the hosts" (section 5); on s3 further rules, so that there is something to copy.</summary>
/// <remarks>Threading: the controller's loop.</remarks>
internal sealed class PathRules(int rulesOnS3) : IControllerApp
{
    private const ushort PathPriority = 100;
    private const ushort OtherPriority = 50;
    private const int Switches = 3;

    private int _confirmed;

    /// <summary>Whether every switch has confirmed its rules.</summary>
    public bool IsReady => _confirmed == Switches;

    public void OnSwitchUp(IVirtualSwitch virtualSwitch) => _ = InstallAsync(virtualSwitch);

    private async Task InstallAsync(IVirtualSwitch virtualSwitch)
    {
        InstallPath(virtualSwitch, new PortNumber(1), new PortNumber(2));
        InstallPath(virtualSwitch, new PortNumber(2), new PortNumber(1));
        if (virtualSwitch.Name == "s3") InstallOthers(virtualSwitch);
        await virtualSwitch.BarrierAsync();
        _confirmed++;
    }

    private static void InstallPath(IVirtualSwitch virtualSwitch, PortNumber from, PortNumber to) =>
        virtualSwitch.Send(new FlowMod
        {
            Match = Match.Any.WithInPort(from),
            Priority = PathPriority,
            Actions = ActionList.Output(to),
        });

    private void InstallOthers(IVirtualSwitch virtualSwitch)
    {
        for (uint i = 0; i < rulesOnS3 - 2; i++)
        {
            virtualSwitch.Send(new FlowMod
            {
                Match = Match.Any.WithEthType(0x0800).WithIpv4Destination(new Ipv4Address(0x0a64_0000 + i)),
                Priority = OtherPriority,
                Cookie = new Cookie(i),
                Actions = ActionList.Output(new PortNumber((i % 2) + 1)),
            });
        }
    }
}
