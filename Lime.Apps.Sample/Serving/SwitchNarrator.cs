using Lime.Core.Apps;

namespace Lime.Apps.Sample.Serving;

/// <summary>Says which virtual switches come and go. It is an app like any other, called first.</summary>
internal sealed class SwitchNarrator(LineQueue lines) : IControllerApp
{
    public string Name => "narrator";

    public void OnSwitchUp(IVirtualSwitch virtualSwitch) => lines.Write(
        $"switch {virtualSwitch.Name} is up ({virtualSwitch.Datapath}, {virtualSwitch.Ports.Length} ports)");

    public void OnSwitchDown(IVirtualSwitch virtualSwitch) => lines.Write($"switch {virtualSwitch.Name} is down");
}
