using Lime.Core.Migration;
using Lime.Core.Networks;
using Lime.Core.Rules;
using Lime.Core.Translation;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Core.Switches;

/// <summary>Checks that a target can have, and neighbours can follow, what a virtual switch has: its rules, groups and
/// meters.</summary>
/// <remarks>Threading: the owner loop's.</remarks>
internal static class ReproductionCheck
{
    /// <exception cref="MigrationStepException">Something cannot be reproduced; says what.</exception>
    public static async Task CheckAsync(MigrationScope scope)
    {
        CheckVersion(scope);
        CheckActions(scope.Moved);
        CheckTables(scope);
        foreach (AttachmentMove each in scope.Attachments)
        {
            if (each.Neighbour is { } end) CheckNeighbour(end);
        }
        if (scope.Moved.Groups.Count > 0) await CheckGroupsAsync(scope);
        if (scope.Moved.Meters.Count > 0) await CheckMetersAsync(scope);
    }

    /// <summary>A rule means the same at both only if both carry commands out alike.</summary>
    private static void CheckVersion(MigrationScope scope)
    {
        if (scope.Target.Semantics == scope.Source.Physical.Semantics) return;
        throw new MigrationStepException(
            $"{scope.Target.Name} and {scope.Source.Physical.Name} speak different versions of OpenFlow.");
    }

    /// <summary>What depends on one chassis cannot be reproduced on another (H-14, H-15, H-58).</summary>
    private static void CheckActions(VirtualSwitch moved)
    {
        foreach (FlowRule rule in moved.Table.Rules)
        {
            foreach (FlowAction action in rule.Instructions.AllActions)
            {
                if (IsBound(action))
                    throw Bound($"rule {rule.Match} priority {rule.Priority}", action);
            }
        }
        foreach (ShadowGroup group in moved.Groups.InOrder)
        {
            foreach (FlowAction action in group.Buckets.SelectMany(each => each.Actions))
            {
                if (IsBound(action)) throw Bound($"group {group.Id}", action);
            }
        }
    }

    private static bool IsBound(FlowAction action) =>
        action.Kind is FlowActionKind.Enqueue or FlowActionKind.SetQueue
        || (action.Kind == FlowActionKind.Output
            && (action.Port == PortNumber.Normal || action.Port == PortNumber.Local));

    private static MigrationStepException Bound(string what, FlowAction action) =>
        new($"The {what} does {action}, which only its own switch can do.");

    private static void CheckTables(MigrationScope scope)
    {
        byte tables = scope.Target.Features?.TableCount ?? 1;
        FlowRule? beyond = scope.Moved.Table.Rules.FirstOrDefault(each => each.Key.Table.Value >= tables);
        if (scope.Moved.Table.Semantics.HasTables && beyond is not null)
        {
            throw new MigrationStepException(
                $"The target {scope.Target.Name} has {tables} tables, but a rule lies in table {beyond.Key.Table}.");
        }
    }

    /// <summary>While a neighbour's port has two attachments, a group that may send packets back where they came from
    /// would send them by the other one.</summary>
    private static void CheckNeighbour(NeighbourEnd end)
    {
        InstanceMap between = end.Instance.Map.IsIdentity
            ? InstanceMap.Identity
            : end.Instance.Map.With(end.VirtualPort, new PortPlace(end.PortAfter, [end.PortBefore, end.PortAfter]));
        foreach (ShadowGroup group in end.Instance.VirtualSwitch.Groups.InOrder)
        {
            if (!GroupTranslation.DependOnIngress(group.Type, group.Buckets, between)) continue;
            throw new MigrationStepException(
                $"Group {group.Id} of the neighbour {end.Instance.VirtualSwitch.Name} may send packets back to port "
                + $"{end.VirtualPort}, which is about to have two cables.");
        }
    }

    private static async Task CheckGroupsAsync(MigrationScope scope)
    {
        GroupFeaturesReply? features = (await AskAsync(scope.Target, new GroupFeaturesRequest()))
            .OfType<GroupFeaturesReply>().FirstOrDefault();
        if (features is null) throw new MigrationStepException($"The target {scope.Target.Name} has no groups.");
        foreach (IGrouping<GroupType, ShadowGroup> each in scope.Moved.Groups.InOrder.GroupBy(group => group.Type))
        {
            int index = (int)each.Key;
            bool hasType = (features.Types & (1u << index)) != 0;
            bool hasRoom = index >= features.GroupsMax.Length || features.GroupsMax[index] >= each.Count();
            if (!hasType || !hasRoom)
            {
                throw new MigrationStepException(
                    $"The target {scope.Target.Name} cannot have {each.Count()} groups of type {each.Key}.");
            }
        }
    }

    private static async Task CheckMetersAsync(MigrationScope scope)
    {
        MeterFeaturesReply? features = (await AskAsync(scope.Target, new MeterFeaturesRequest()))
            .OfType<MeterFeaturesReply>().FirstOrDefault();
        bool hasRoom = features is not null && features.MetersMax >= scope.Moved.Meters.Count;
        bool hasBands = hasRoom && scope.Moved.Meters.InOrder.All(meter => meter.Bands.Length <= features!.BandsMax
            && meter.Bands.All(band => (ushort)band.Type > 31 || (features.BandTypes & (1u << (int)band.Type)) != 0));
        if (!hasBands)
        {
            throw new MigrationStepException(
                $"The target {scope.Target.Name} cannot have the {scope.Moved.Meters.Count} meters of "
                + $"{scope.Moved.Name}.");
        }
    }

    private static async Task<IEnumerable<MultipartReply>> AskAsync(PhysicalSwitch target, MultipartRequest request)
    {
        try
        {
            return await target.RequestAllAsync(request);
        }
        catch (OpenFlowRequestException exception) when (exception.Failure == RequestFailure.Refused)
        {
            return [];
        }
    }
}
