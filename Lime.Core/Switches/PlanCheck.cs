using System.Collections.Immutable;
using Lime.Core.Migration;
using Lime.Core.Networks;
using Lime.Core.Switches.Tunnelling;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Core.Switches;

/// <summary>Checks a plan against the switches, before anything is done.</summary>
/// <remarks>Threading: the owner loop's.</remarks>
internal sealed class PlanCheck(SwitchRegistry registry, MigrationPlan plan)
{
    /// <summary>How long to wait for tables that are still being read after a connect.</summary>
    private static readonly TimeSpan ReconciliationWait = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan ReconciliationPoll = TimeSpan.FromMilliseconds(50);

    /// <summary>Cables that the plan uses already: parallel links need one each.</summary>
    private readonly HashSet<PhysicalPort> _cables = [];

    private readonly TunnelPlan _ownTunnels = new(registry);

    /// <summary>The migration that looks; 0: none does yet.</summary>
    public int OwnId { get; init; }

    /// <summary>What joins the virtual switch to others that move with it; null: it moves alone.</summary>
    public EnsembleTies? Ties { get; init; }

    private TunnelPlan Tunnels => Ties?.Tunnels ?? _ownTunnels;

    /// <summary>The scope of the plan, from what is known here; what is wrong with ports goes to the
    /// findings.</summary>
    /// <exception cref="MigrationStepException">The switches that it names can't be used.</exception>
    public MigrationScope FindScope(PlanFindings findings)
    {
        VirtualSwitch moved = registry.FindVirtual(plan.Switch) ?? throw new MigrationStepException(
            $"There is no virtual switch '{plan.Switch}'; there are: {Names()}.");
        RequireFree(moved);
        Instance source = moved.Primary ?? throw new MigrationStepException($"{moved.Name} has no instance.");
        PhysicalSwitch target = FindTarget(source);
        CheckPart(source, findings);
        if (!source.Physical.IsConnected)
            throw new MigrationStepException($"The source {source.Physical.Name} is not connected.");
        foreach (PortMapping each in plan.TargetPorts) CheckNamed(source, target, each, findings);
        ImmutableArray<AttachmentMove> attachments =
            [.. PortsOf(source).Select(port => FindMove(source, target, port, findings)).OfType<AttachmentMove>()];
        TunnelPlan.Describe(attachments, findings);
        CheckTargetPorts(target, attachments, findings);
        CheckTime(attachments.Length, findings);
        CheckDetour(moved, attachments, findings);
        foreach (AttachmentMove each in attachments)
        {
            if (each.Neighbour is not { } end) continue;
            RequireFree(end.Instance.VirtualSwitch);
            if (!end.Instance.Physical.IsConnected)
                findings.Refuse(FindingTopic.Switches, $"The neighbour {end.Instance.Physical.Name} is not connected.");
        }
        return new MigrationScope(moved, source, target, attachments);
    }

    /// <summary>A switch takes part in one migration at a time, as the one that moves or as a neighbour
    /// (H-70).</summary>
    /// <exception cref="MigrationStepException">It takes part in another one.</exception>
    public void RequireFree(VirtualSwitch virtualSwitch)
    {
        if (registry.Reserved.TryGetValue(virtualSwitch, out int other) && other != OwnId)
            throw new MigrationStepException($"{virtualSwitch.Name} is part of migration {other}, which is under way.");
    }

    /// <summary>What only one virtual switch at a time can do on a switch that several share.</summary>
    private static void CheckPart(Instance source, PlanFindings findings)
    {
        if (!source.IsPart) return;
        if (source.Physical.Trouble is not null)
            throw new MigrationStepException($"{source.Physical.Name} takes part in another migration under way.");
        if (source.Part!.Ceded.IsEmpty) return;
        findings.Refuse(
            FindingTopic.Tables,
            $"{source.VirtualSwitch.Name} has rules that differ only in whether they are for one port or all: at "
            + $"{source.Physical.Name}, which it shares, they are the same entry, and two switches could not change "
            + "them as one.");
    }

    /// <summary>Asks the switches of a scope what only they know.</summary>
    public async Task AskSwitchesAsync(
        MigrationScope scope, PlanFindings findings, CancellationToken cancellationToken)
    {
        await findings.CheckAsync(
            FindingTopic.Tables, () => AwaitReconciledAsync(scope.Source, cancellationToken));
        await ReproductionCheck.CheckAsync(scope, findings);
        CloneCheck.Check(scope, plan, findings);
        await HostCheck.CheckAsync(scope, findings);
        foreach (PhysicalSwitch each in scope.PhysicalSwitches)
        {
            if (!await each.TryBarrierAsync())
                findings.Refuse(
                    FindingTopic.Time, $"{each.Name} does not answer barriers, so nothing could be confirmed.");
        }
        await findings.CheckAsync(FindingTopic.Tables, () => CheckEmptyAsync(scope));
    }

    /// <summary>A spare has nothing; a shared switch nothing but what is other virtual switches'.</summary>
    private static async Task CheckEmptyAsync(MigrationScope scope)
    {
        PhysicalSwitch target = scope.Target;
        ImmutableArray<FlowStatistics> found = [.. (await target.RequestAllAsync(
            new FlowStatisticsRequest(Match.Any, TableId.All, PortNumber.Any)))
            .OfType<FlowStatisticsReply>().SelectMany(part => part.Flows)
            .Where(each => !target.Carrier.IsWanted(each) && target.Parts?.OwnerOf(each.Match) is null)];
        if (found.Length > 0)
            throw new MigrationStepException(
                $"The target {target.Name} has {found.Length} rules of its own; a target has to be empty.");
    }

    private PhysicalSwitch FindTarget(Instance source)
    {
        if (registry.FindPhysical(plan.Target) is not { IsConnected: true } target)
            throw new MigrationStepException($"The target {plan.Target} is not connected.");
        bool isShared = source.IsPart && target is { Instance: null, Parts.All.Count: > 0 };
        if (target.Instances.Count > 0 && !isShared)
        {
            string realised = string.Join(", ", target.Instances.Select(each => each.VirtualSwitch.Name));
            throw new MigrationStepException(
                $"The target {target.Name} is already part of a network: it realises {realised}.");
        }
        if (target.Trouble is not null)
            throw new MigrationStepException($"{target.Name} is the target of another migration under way.");
        if (!target.IsSpare && !isShared)
            throw new MigrationStepException($"The target {target.Name} is not named as a spare.");
        return target;
    }

    private static IEnumerable<PortNumber> PortsOf(Instance source) => source.Map.IsIdentity
        ? source.Physical.Ports.Where(each => each.Port.IsPhysical).Select(each => each.Port)
        : source.Map.Places.Select(each => each.Key);

    private AttachmentMove? FindMove(
        Instance source, PhysicalSwitch target, PortNumber port, PlanFindings findings)
    {
        bool isByTunnel = source.Map.PlaceOf(port) is { } place
            && registry.Tunnels.FindAt(source.Physical, place.Egress) is not null;
        AttachmentMove? move = FindPlace(source, target, port, findings);
        return move is null ? null : move with { ComesFromTunnel = isByTunnel };
    }

    private AttachmentMove? FindPlace(
        Instance source, PhysicalSwitch target, PortNumber port, PlanFindings findings)
    {
        VirtualSwitch moved = source.VirtualSwitch;
        PortNumber? named = plan.TargetPorts.Where(each => each.VirtualPort == port)
            .Select(each => (PortNumber?)each.PhysicalPort).FirstOrDefault();
        var end = new VirtualPort(moved.Name, port);
        if (Ties?.InnerPortOf(end) is { } inner)
            return new AttachmentMove(port, inner, null) { IsInner = true, Tunnel = Ties.InnerTunnelOf(end) };
        if (Ties?.IsInner(end) == true) return null; // Was refused for want of a cable.
        if (registry.Topology.PeerOf(end) is { } peer)
        {
            AttachmentMove? move = FindCable(peer, target, port, named);
            if (move is null)
            {
                findings.Refuse(
                    FindingTopic.Ports,
                    $"Port {port} of {moved.Name} leads to {peer}, but no free cable leads from there to "
                    + $"{(named is null ? "" : $"port {named} of ")}{target.Name}{WhyNoTunnel()}.");
            }
            return move;
        }
        if (Ties is null && Tunnels.ToHost(source, target, port, named) is { } stays) return stays;
        if (named is { } targetPort)
        {
            return new AttachmentMove(port, targetPort, null)
            {
                RelayPort = Ties?.RelayPortOf(end),
                PathTunnel = Ties?.PathTunnelOf(end),
            };
        }
        findings.Refuse(
            FindingTopic.Ports,
            $"Port {port} of {moved.Name} has no place at {target.Name}: "
            + $"name its port there (TargetPorts, --ports {port}:N){WhyNoTunnel()}.");
        return null;
    }

    private string WhyNoTunnel() =>
        registry.Tunnels.AreDescribed && Tunnels.Fault.Length > 0 ? $", and no tunnel can: {Tunnels.Fault}" : "";

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
            if (isOther || used.Contains(near) || instance.Physical.Parts?.OwnerOf(near) is not null) continue;
            if (!_cables.Add(new PhysicalPort(instance.Physical.Datapath, near))) continue;
            Tunnels.Take(new PhysicalPort(instance.Physical.Datapath, near));
            Tunnels.Take(new PhysicalPort(target.Datapath, far));
            return new AttachmentMove(port, far, new NeighbourEnd(instance, peer.Port, place.Egress, near));
        }
        return named is null
            ? Tunnels.ToNeighbour(new NeighbourEnd(instance, peer.Port, place.Egress, default), target, port)
            : null;
    }

    private static void CheckNamed(
        Instance source, PhysicalSwitch target, PortMapping named, PlanFindings findings)
    {
        RequirePort(target, named.PhysicalPort, findings);
        if (!PortsOf(source).Contains(named.VirtualPort))
        {
            findings.Refuse(
                FindingTopic.Ports,
                $"{source.VirtualSwitch.Name} has no port {named.VirtualPort} to place at port {named.PhysicalPort} of "
                + $"{target.Name}.");
        }
    }

    private static void RequirePort(PhysicalSwitch target, PortNumber port, PlanFindings findings)
    {
        if (!target.Ports.Any(each => each.Port == port))
            findings.Refuse(FindingTopic.Ports, $"The target {target.Name} lacks port {port}.");
    }

    private static void CheckTargetPorts(
        PhysicalSwitch target, ImmutableArray<AttachmentMove> attachments, PlanFindings findings)
    {
        var used = new HashSet<PortNumber>();
        foreach (AttachmentMove each in attachments)
        {
            // A tunnel's port may be yet to be made.
            if (each.Tunnel is not null && each.TargetPort == PortNumber.Any) continue;
            RequirePort(target, each.TargetPort, findings);
            if (target.Parts?.OwnerOf(each.TargetPort) is { } owner)
            {
                findings.Refuse(
                    FindingTopic.Ports,
                    $"Port {each.TargetPort} of {target.Name} belongs to {owner.VirtualSwitch.Name}.");
            }
            if (target.Leftovers.Exists(left => left.IsAt(each.TargetPort)))
            {
                findings.Refuse(
                    FindingTopic.Ports,
                    $"Port {each.TargetPort} of {target.Name} has rules that an earlier migration has left there.");
            }
            if (!used.Add(each.TargetPort))
                findings.Refuse(
                    FindingTopic.Ports, $"Port {each.TargetPort} of {target.Name} would serve two virtual ports.");
        }
    }

    /// <summary>A plan that waits longer than it may take would only ever be aborted halfway.</summary>
    private void CheckTime(int attachmentCount, PlanFindings findings)
    {
        TimeSpan waits = plan.AttachmentInterval * Math.Max(0, attachmentCount - 1);
        if (waits < plan.Deadline) return;
        findings.Refuse(
            FindingTopic.Time,
            $"{attachmentCount} attachments, {plan.AttachmentInterval} between one and the next, take longer than the "
            + $"deadline, {plan.Deadline}.");
    }

    /// <summary>What comes from a host goes where the host is; nobody could steer it.</summary>
    private void CheckDetour(
        VirtualSwitch moved, ImmutableArray<AttachmentMove> attachments, PlanFindings findings)
    {
        if (plan.Guard != GuardMode.Detour) return;
        foreach (AttachmentMove each in attachments)
        {
            if (each.Neighbour is not null) continue;
            findings.Refuse(
                FindingTopic.Ports,
                $"Port {each.VirtualPort} of {moved.Name} leads to no switch whose rules could steer its packets, so "
                + "rule changes cannot be made by a detour; let them be serialised (--guard serialise).");
        }
    }

    private async Task AwaitReconciledAsync(Instance source, CancellationToken cancellationToken)
    {
        string name = source.Physical.Name;
        long deadline = registry.Loop.NowTicks + ReconciliationWait.Ticks;
        while (!source.IsReconciled)
        {
            if (source.ForeignRules > 0)
            {
                throw new MigrationStepException(
                    $"{name} has {source.ForeignRules} rules that nobody knows and that were to be left alone.");
            }
            if (registry.Loop.NowTicks >= deadline || !source.Physical.IsConnected)
                throw new MigrationStepException(
                    $"The table of {name} could not be read, so it cannot be cloned.");
            await registry.Loop.WaitAsync(ReconciliationPoll, cancellationToken);
        }
    }

    private string Names() => string.Join(", ", registry.VirtualSwitches.Select(each => each.Name));
}
