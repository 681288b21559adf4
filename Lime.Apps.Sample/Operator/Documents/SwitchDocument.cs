using System.Collections.Immutable;
using Lime.Core.Apps;
using Lime.Core.Hosting;
using Lime.OpenFlow.Messages;

namespace Lime.Apps.Sample.Operator.Documents;

/// <summary>A virtual switch.</summary>
internal sealed record SwitchDocument(
    string Name,
    string Datapath,
    bool IsConnected,
    ImmutableArray<string> RealisedBy,
    ImmutableArray<PortDocument> Ports)
{
    /// <param name="each">The virtual switch.</param>
    /// <param name="physicalSwitches">Those that may realise it; two do while it migrates.</param>
    public static SwitchDocument Of(
        IVirtualSwitch each, ImmutableArray<PhysicalSwitchStatus> physicalSwitches) => new(
        each.Name,
        each.Datapath.ToString(),
        each.IsConnected,
        [
            .. physicalSwitches
                .Where(status => status.Realises == each.Name || status.RealisesAll.Contains(each.Name))
                .Select(status => status.Name),
        ],
        [.. each.Ports.Select(PortDocument.Of)]);
}

/// <summary>A physical switch.</summary>
internal sealed record PhysicalSwitchDocument(
    string Name,
    string Datapath,
    string Use,
    bool IsConnected,
    string? Realises,
    string? LastCloseCause,
    ImmutableArray<PortDocument> Ports)
{
    public static PhysicalSwitchDocument Of(PhysicalSwitchStatus status) => new(
        status.Name,
        status.Datapath.ToString(),
        status.Use switch
        {
            PhysicalSwitchUse.Spare => "spare",
            PhysicalSwitchUse.Instance => "instance",
            _ => "unknown",
        },
        status.IsConnected,
        status.Realises,
        status.LastCloseCause,
        [.. status.Ports.Select(PortDocument.Of)]);
}

/// <summary>A port of a switch.</summary>
internal sealed record PortDocument(uint Port, string Name, string HardwareAddress, bool IsUp)
{
    public static PortDocument Of(PortDescription port) =>
        new(port.Port.Value, port.Name, port.HardwareAddress.ToString(), port.IsUp);
}

/// <summary>The virtual switches.</summary>
internal sealed record SwitchList(ImmutableArray<SwitchDocument> Switches);

/// <summary>The physical switches.</summary>
internal sealed record PhysicalSwitchList(ImmutableArray<PhysicalSwitchDocument> PhysicalSwitches);

/// <summary>The ports of one virtual switch.</summary>
internal sealed record PortList(string Switch, ImmutableArray<PortDocument> Ports);
