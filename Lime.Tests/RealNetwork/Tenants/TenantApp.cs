using Lime.Core.Apps;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;

namespace Lime.Tests.RealNetwork.Tenants;

/// <summary>A tenant's app: on each of its switches a rule a host, by its address.</summary>
internal sealed class TenantApp : IControllerApp
{
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HashSet<string> _confirmed = [];

    /// <summary>Completes when all switches have confirmed their rules.</summary>
    public Task Ready => _ready.Task;

    public void OnSwitchUp(IVirtualSwitch virtualSwitch) => _ = InstallAsync(virtualSwitch);

    private async Task InstallAsync(IVirtualSwitch virtualSwitch)
    {
        try
        {
            uint[] ports = TenantSites.PortsToHosts(virtualSwitch.Name);
            for (int i = 0; i < ports.Length; i++)
            {
                virtualSwitch.Send(new FlowMod
                {
                    Match = Match.Any.WithEthDestination(new MacAddress(0x0200_0000_0001UL + (ulong)i)),
                    Priority = 100,
                    Actions = ActionList.Output(new PortNumber(ports[i])),
                });
            }
            await virtualSwitch.BarrierAsync();
            _confirmed.Add(virtualSwitch.Name);
            if (_confirmed.Count == TenantSites.SwitchCount) _ready.TrySetResult();
        }
        catch (OpenFlowRequestException exception)
        {
            _ready.TrySetException(exception);
        }
    }
}
