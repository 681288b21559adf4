using System.Collections.Immutable;
using Lime.Core.Migration;
using Lime.Core.Networks;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Core.Switches;

/// <summary>Checks a plan against the switches, before anything is done; every refusal says what is
/// wrong.</summary>
/// <remarks>Threading: the owner loop's.</remarks>
internal sealed class PlanCheck(SwitchRegistry registry, MigrationPlan plan)
{
    /// <summary>How long to wait for tables that are still being read after a connect.</summary>
    private static readonly TimeSpan ReconciliationWait = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan ReconciliationPoll = TimeSpan.FromMilliseconds(50);

    /// <summary>Cables that the plan uses already: parallel links need one each.</summary>
    private readonly HashSet<PhysicalPort> _cables = [];

    /// <summary>The scope of the plan, from what is known here.</summary>
    /// <exception cref="MigrationStepException">The plan doesn't hold.</exception>
    public MigrationScope FindScope()
    {
        VirtualSwitch moved = registry.FindVirtual(plan.Switch) ?? throw new MigrationStepException(
            $"There is no virtual switch '{plan.Switch}'; there are: {Names()}.");
        RequireFree(moved);
        Instance source = moved.Primary ?? throw new MigrationStepException($"{moved.Name} has no instance.");
        PhysicalSwitch target = FindTarget();
        if (!source.Physical.IsConnected)
            throw new MigrationStepException($"The source {source.Physical.Name} is not connected.");
        foreach (PortMapping each in plan.TargetPorts) RequirePort(target, each.PhysicalPort);
        ImmutableArray<AttachmentMove> attachments = [.. PortsOf(source).Select(port => FindMove(moved, target, port))];
        CheckTargetPorts(target, attachments);
        CheckTime(attachments.Length);
        CheckDetour(moved, attachments);
        foreach (AttachmentMove each in attachments)
        {
            if (each.Neighbour is { Instance.Physical: { IsConnected: false } lost })
                throw new MigrationStepException($"The neighbour {lost.Name} is not connected.");
        }
        return new MigrationScope(moved, source, target, attachments);
    }

    /// <summary>A switch takes part in one migration at a time, as the one that moves or as a neighbour
    /// (H-70).</summary>
    /// <exception cref="MigrationStepException">It takes part in another one.</exception>
    public void RequireFree(VirtualSwitch virtualSwitch)
    {
        if (registry.Reserved.TryGetValue(virtualSwitch, out int other))
            throw new MigrationStepException($"{virtualSwitch.Name} is part of migration {other}, which is under way.");
    }

    /// <summary>Asks the switches of a scope what only they know.</summary>
    /// <exception cref="MigrationStepException">The plan doesn't hold.</exception>
    public async Task AskSwitchesAsync(MigrationScope scope, CancellationToken cancellationToken)
    {
        await AwaitReconciledAsync(scope.Source.Physical, cancellationToken);
        await ReproductionCheck.CheckAsync(scope);
        IEnumerable<PhysicalSwitch> concerned = scope.Attachments.Select(each => each.Neighbour?.Instance.Physical)
            .OfType<PhysicalSwitch>().Append(scope.Source.Physical).Append(scope.Target).Distinct();
        foreach (PhysicalSwitch each in concerned)
        {
            if (!await each.TryBarrierAsync())
                throw new MigrationStepException(
                    $"{each.Name} does not answer barriers, so nothing could be confirmed.");
        }
        ImmutableArray<FlowStatistics> found = [.. (await scope.Target.RequestAllAsync(
            new FlowStatisticsRequest(Match.Any, TableId.All, PortNumber.Any)))
            .OfType<FlowStatisticsReply>().SelectMany(part => part.Flows)];
        if (found.Length > 0)
        {
            throw new MigrationStepException(
                $"The target {scope.Target.Name} has {found.Length} rules of its own; a target has to be empty.");
        }
        // An empty table needs no reconciling, so a target that has taken over can itself be the next source.
        scope.Target.IsReconciled = true;
        await TableRoom.CheckAsync(scope);
    }

    private PhysicalSwitch FindTarget()
    {
        if (registry.FindPhysical(plan.Target) is not { IsConnected: true } target)
            throw new MigrationStepException($"The target {plan.Target} is not connected.");
        if (target.Instance is { } instance)
        {
            throw new MigrationStepException(
                $"The target {target.Name} is already part of a network: it realises {instance.VirtualSwitch.Name}.");
        }
        if (!target.IsSpare) throw new MigrationStepException($"The target {target.Name} is not named as a spare.");
        return target;
    }

    private static IEnumerable<PortNumber> PortsOf(Instance source) => source.Map.IsIdentity
        ? source.Physical.Ports.Where(each => each.Port.IsPhysical).Select(each => each.Port)
        : source.Map.Places.Select(each => each.Key);

    private AttachmentMove FindMove(VirtualSwitch moved, PhysicalSwitch target, PortNumber port)
    {
        PortNumber? named = plan.TargetPorts.Where(each => each.VirtualPort == port)
            .Select(each => (PortNumber?)each.PhysicalPort).FirstOrDefault();
        if (registry.Topology.PeerOf(new VirtualPort(moved.Name, port)) is { } peer)
        {
            return FindCable(peer, target, port, named) ?? throw new MigrationStepException(
                $"Port {port} of {moved.Name} leads to {peer}, but no free cable leads from there to "
                + $"{(named is null ? "" : $"port {named} of ")}{target.Name}.");
        }
        if (named is { } targetPort) return new AttachmentMove(port, targetPort, null);
        throw new MigrationStepException(
            $"Port {port} of {moved.Name} has no place at {target.Name}: "
            + $"name its port there (TargetPorts, --ports {port}:N).");
    }

    /// <summary>The move over a cable from a neighbour to the target, at the port that is named if one is.</summary>
    private AttachmentMove? FindCable(VirtualPort peer, PhysicalSwitch target, PortNumber port, PortNumber? named)
    {
        if (registry.FindVirtual(peer.Switch)?.Primary is not { } instance) return null;
        if (instance.Map.PlaceOf(peer.Port) is not { } place) return null;
        var used = instance.Map.Places.SelectMany(each => each.Value.Ingress).ToHashSet();
        foreach ((PortNumber near, PortNumber far) in
            registry.Topology.CablesBetween(instance.Physical.Datapath, target.Datapath))
        {
            bool isOther = named is { } wanted && far != wanted;
            if (isOther || used.Contains(near)) continue;
            if (!_cables.Add(new PhysicalPort(instance.Physical.Datapath, near))) continue;
            return new AttachmentMove(port, far, new NeighbourEnd(instance, peer.Port, place.Egress, near));
        }
        return null;
    }

    private static void RequirePort(PhysicalSwitch target, PortNumber port)
    {
        if (!target.Ports.Any(each => each.Port == port))
            throw new MigrationStepException($"The target {target.Name} lacks port {port}.");
    }

    private static void CheckTargetPorts(PhysicalSwitch target, ImmutableArray<AttachmentMove> attachments)
    {
        var used = new HashSet<PortNumber>();
        foreach (AttachmentMove each in attachments)
        {
            RequirePort(target, each.TargetPort);
            if (!used.Add(each.TargetPort))
                throw new MigrationStepException(
                    $"Port {each.TargetPort} of {target.Name} would serve two virtual ports.");
        }
    }

    /// <summary>A plan that waits longer than it may take would only ever be aborted halfway.</summary>
    private void CheckTime(int attachmentCount)
    {
        TimeSpan waits = plan.AttachmentInterval * Math.Max(0, attachmentCount - 1);
        if (waits < plan.Deadline) return;
        throw new MigrationStepException(
            $"{attachmentCount} attachments, {plan.AttachmentInterval} between one and the next, take longer than the "
            + $"deadline, {plan.Deadline}.");
    }

    /// <summary>What comes from a host goes where the host is; nobody could steer it.</summary>
    private void CheckDetour(VirtualSwitch moved, ImmutableArray<AttachmentMove> attachments)
    {
        if (plan.Guard != GuardMode.Detour) return;
        if (attachments.FirstOrDefault(each => each.Neighbour is null) is not { } fixedOne) return;
        throw new MigrationStepException(
            $"Port {fixedOne.VirtualPort} of {moved.Name} leads to no switch whose rules could steer its packets, so "
            + "rule changes cannot be made by a detour; let them be serialised (--guard serialise).");
    }

    private async Task AwaitReconciledAsync(PhysicalSwitch source, CancellationToken cancellationToken)
    {
        long deadline = registry.Loop.NowTicks + ReconciliationWait.Ticks;
        while (!source.IsReconciled)
        {
            if (source.ForeignRules > 0)
            {
                throw new MigrationStepException(
                    $"{source.Name} has {source.ForeignRules} rules that nobody knows and that were to be left alone.");
            }
            if (registry.Loop.NowTicks >= deadline || !source.IsConnected)
                throw new MigrationStepException(
                    $"The table of {source.Name} could not be read, so it cannot be cloned.");
            await registry.Loop.WaitAsync(ReconciliationPoll, cancellationToken);
        }
    }

    private string Names() => string.Join(", ", registry.VirtualSwitches.Select(each => each.Name));
}
