using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Migration;

/// <summary>Where a host is plugged in.</summary>
/// <param name="SwitchName">What people call the physical switch.</param>
/// <param name="Datapath">Its datapath id.</param>
/// <param name="Port">Its port.</param>
public sealed record HostPlace(string SwitchName, DatapathId Datapath, PortNumber Port)
{
    /// <summary>Switch and port with a colon between them.</summary>
    public override string ToString() => $"{SwitchName}:{Port}";
}
