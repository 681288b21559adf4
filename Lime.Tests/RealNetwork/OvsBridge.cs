using System.Net;

namespace Lime.Tests.RealNetwork;

/// <summary>A physical switch on Open vSwitch.</summary>
internal sealed class OvsBridge(OvsDaemons daemons, OvsBridgePlan plan, string managementSocket)
{
    public string Name => plan.Name;

    public ulong DatapathId => plan.DatapathId;

    public OvsDaemons Daemons => daemons;

    /// <summary>Looks at, and changes, the bridge without the controller.</summary>
    public OvsOfctl Ofctl { get; } = new(managementSocket, plan.Protocols);

    public bool IsConnected =>
        daemons.Configure("get", "controller", plan.Name, "is_connected").Trim() == "true";

    /// <summary>Points the bridge at a controller; it retries every second until that
    /// answers.</summary>
    public void SetController(IPEndPoint controller) =>
        daemons.Configure(
            "set-controller", plan.Name, $"tcp:{controller.Address}:{controller.Port}",
            "--", "set", "controller", plan.Name, "connection_mode=out-of-band", "max_backoff=1000");

    /// <summary>Lets controllers connect to the bridge, instead of it to them.</summary>
    public void Listen(IPEndPoint local) =>
        daemons.Configure("set-controller", plan.Name, $"ptcp:{local.Port}:{local.Address}",
            "--", "set", "controller", plan.Name, "connection_mode=out-of-band");

    public void RemoveController() => daemons.Configure("del-controller", plan.Name);
}
