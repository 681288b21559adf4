using Lime.Core.Apps;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;

namespace Lime.Tests.RealNetwork.Migrations;

/// <summary>Sends to host N by virtual port N, by its address.</summary>
internal sealed class AddressPathApp(int hosts) : IControllerApp
{
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the switch has confirmed the rules.</summary>
    public Task Ready => _ready.Task;

    public void OnSwitchUp(IVirtualSwitch virtualSwitch) => _ = InstallAsync(virtualSwitch);

    private async Task InstallAsync(IVirtualSwitch virtualSwitch)
    {
        try
        {
            for (uint host = 1; host <= hosts; host++)
            {
                virtualSwitch.Send(new FlowMod
                {
                    Match = Match.Any.WithEthDestination(new MacAddress(0x0200_0000_0000UL | host)),
                    Priority = 100,
                    Actions = ActionList.Output(new PortNumber(host)),
                });
            }
            await virtualSwitch.BarrierAsync();
            _ready.TrySetResult();
        }
        catch (OpenFlowRequestException exception)
        {
            _ready.TrySetException(exception);
        }
    }
}
