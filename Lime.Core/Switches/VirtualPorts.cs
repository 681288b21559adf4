using System.Collections.Immutable;
using Lime.Core.Networks;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Switches;

/// <summary>The ports that apps see: identity from the first instance, state from the present one.</summary>
internal static class VirtualPorts
{
    /// <summary>The ports of a virtual switch that an instance realises.</summary>
    public static ImmutableArray<PortDescription> Of(InstanceMap map, ImmutableArray<PortDescription> physical)
    {
        if (map.IsIdentity) return physical;
        var ports = ImmutableArray.CreateBuilder<PortDescription>();
        foreach ((PortNumber virtualPort, PortPlace place) in map.Places)
        {
            PortDescription? found = physical.FirstOrDefault(each => each.Port == place.Home);
            // A port that the switch lacks is shown as down: apps were promised it.
            ports.Add((found ?? new PortDescription(virtualPort, default, $"port{virtualPort}") { State = 1 }) with
            {
                Port = virtualPort,
            });
        }
        return ports.ToImmutable();
    }

    /// <summary>A virtual port with an instance's news of its state; number, name and address stay.</summary>
    public static PortDescription Merge(
        ImmutableArray<PortDescription> ports, PortNumber virtualPort, PortDescription physical)
    {
        PortDescription? known = ports.FirstOrDefault(each => each.Port == virtualPort);
        return known is null
            ? physical with { Port = virtualPort }
            : known with
            {
                State = physical.State,
                Config = physical.Config,
                CurrentFeatures = physical.CurrentFeatures,
            };
    }

    /// <summary>The known ports, each with the news of its state.</summary>
    public static ImmutableArray<PortDescription> MergeAll(
        ImmutableArray<PortDescription> known, ImmutableArray<PortDescription> news) =>
        [.. news.Select(each => Merge(known, each.Port, each))];

    /// <summary>The ports with one of them new, changed or gone.</summary>
    public static ImmutableArray<PortDescription> Replace(
        ImmutableArray<PortDescription> ports, PortDescription changed, bool isGone)
    {
        ImmutableArray<PortDescription> others = ports.RemoveAll(each => each.Port == changed.Port);
        return isGone ? others : [.. others.Add(changed).OrderBy(each => each.Port.Value)];
    }
}
