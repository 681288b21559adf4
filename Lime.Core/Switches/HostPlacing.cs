using Lime.Core.Networks;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Switches;

/// <summary>Makes all instances deliver a host's packets at another one of them.</summary>
/// <remarks>Threading: the owner loop's.</remarks>
/// <param name="mover">Rewrites the rules that send to the host's port.</param>
/// <param name="wantsEvidence">Whether the switches' word is not enough.</param>
internal sealed class HostPlacing(AttachmentMover mover, bool wantsEvidence)
{
    /// <summary>The new place is ready for what others will send there; nobody does yet.</summary>
    /// <exception cref="OpenFlowRequestException">It doesn't answer.</exception>
    public static Task PrepareAsync(HostPort port, Instance to)
    {
        foreach (FlowMod rule in port.RelaysAt(to, to)) to.Send(default, rule);
        return to.Physical.BarrierAsync();
    }

    /// <summary>From here on packets for the host go to the new place, and what comes from there passes.</summary>
    /// <remarks>At all instances at once: the new place, which was prepared, sends on to no other.</remarks>
    /// <exception cref="OpenFlowRequestException">One doesn't answer.</exception>
    public async Task SwitchAsync(HostPort port, Instance to)
    {
        port.At = to;
        port.OpenAt(to);
        // One that is lost is told when it connects again; its packets come by the old way until then.
        Instance[] connected = [.. port.Instances.Where(each => each.Physical.IsConnected)];
        await Task.WhenAll(connected.Select(each => PlaceAsync(port, each)));
        if (!to.Physical.IsConnected)
            throw new OpenFlowRequestException(RequestFailure.NotConnected, $"{to.Physical.Name} is not connected.");
        if (wantsEvidence) await EvidenceCourse.AwaitInForceAsync(connected, CancellationToken.None);
    }

    /// <summary>Deletes what is not needed any more, when nobody waits for it.</summary>
    public async Task TidyAsync(HostPort port)
    {
        foreach (Instance each in port.Instances) await mover.TidyAsync(each);
    }

    /// <summary>An instance begins to deliver to the host by what it is told from now on; where the host is stays the
    /// same.</summary>
    public async Task BeginAsync(HostPort port, Instance instance)
    {
        await PlaceAsync(port, instance);
        await mover.TidyAsync(instance);
    }

    /// <summary>One instance is left: the host is there for good.</summary>
    public async Task EndAsync(HostPort port, Instance staying)
    {
        port.RemoveFrom(staying);
        await mover.PlaceAsync(EndAt(port, staying), PortPlace.At(port.HomeAt(staying)));
        await mover.TidyAsync(staying);
    }

    private Task PlaceAsync(HostPort port, Instance instance)
    {
        foreach (FlowMod rule in port.RelaysAt(instance, port.At!)) instance.Send(default, rule);
        return mover.PlaceAsync(EndAt(port, instance), port.PlaceAt(instance));
    }

    private static NeighbourEnd EndAt(HostPort port, Instance instance)
    {
        PortNumber home = port.HomeAt(instance);
        return new NeighbourEnd(instance, port.VirtualPort, home, home);
    }
}
