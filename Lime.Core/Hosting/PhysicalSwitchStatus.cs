using System.Collections.Immutable;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Hosting;

/// <summary>A physical switch at a moment.</summary>
/// <param name="Datapath">Its datapath id.</param>
/// <param name="Name">Its name: from the network description, or the datapath id's digits.</param>
/// <param name="Use">What it is used for.</param>
/// <param name="IsConnected">Whether it is connected.</param>
public sealed record PhysicalSwitchStatus(DatapathId Datapath, string Name, PhysicalSwitchUse Use, bool IsConnected)
{
    /// <summary>The name of the virtual switch that it realises, if it does; of several the first.</summary>
    public string? Realises { get; init; }

    /// <summary>The names of all virtual switches that it realises.</summary>
    public ImmutableArray<string> RealisesAll { get; init; } = [];

    /// <summary>Its ports when it last told.</summary>
    public ImmutableArray<PortDescription> Ports { get; init; } = [];

    /// <summary>Its connections besides the main one (OpenFlow 1.3, auxiliary connections).</summary>
    public int AuxiliaryConnections { get; init; }

    /// <summary>Why its last connection ended, if one has.</summary>
    public string? LastCloseCause { get; init; }
}
