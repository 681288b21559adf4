using System.Collections.Immutable;
using Lime.Core.Rules;
using Lime.Core.Translation;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Core.Switches;

/// <summary>Brings an instance's groups and meters and the shadow tables together after a (re)connect, as
/// <see cref="TableReconciliation"/> does for rules.</summary>
/// <remarks>What an app has commanded since the reading began is left alone. Threading: the owner loop's.</remarks>
internal sealed class InventoryReconciliation(VirtualSwitch virtualSwitch)
{
    private readonly HashSet<GroupId> _deletedGroups = [];
    private readonly HashSet<MeterId> _deletedMeters = [];
    private int _readings;
    private bool _isRereading;
    private bool _isDoubtful;

    /// <summary>An app's command, while groups are read.</summary>
    public void Note(GroupMod command)
    {
        if (_readings > 0 && command.Command == GroupModCommand.Delete) _deletedGroups.Add(command.Group);
    }

    /// <summary>An app's command, while meters are read.</summary>
    public void Note(MeterMod command)
    {
        if (_readings > 0 && command.Command == MeterModCommand.Delete) _deletedMeters.Add(command.Meter);
    }

    /// <summary>Reads an instance's groups and meters and reconciles; nothing in versions without them.</summary>
    /// <exception cref="OpenFlowRequestException">The connection is lost.</exception>
    public async Task RunAsync(Instance instance)
    {
        if (!virtualSwitch.Table.Semantics.HasGroups) return;
        OpenFlowChannel? channel = instance.Physical.Channel;
        long startTicks = virtualSwitch.Loop.NowTicks;
        _readings++;
        try
        {
            (ImmutableArray<MeterConfiguration> meters, ImmutableArray<GroupDescription> groups) =
                await PatientReading.ReadAsync(virtualSwitch.Loop, instance.Physical, () => ReadAsync(instance));
            if (instance.Physical.Channel != channel) return;
            ReconcileMeters(instance, meters, startTicks);
            ReconcileGroups(instance, groups, startTicks);
        }
        finally
        {
            if (--_readings == 0)
            {
                _deletedGroups.Clear();
                _deletedMeters.Clear();
            }
        }
    }

    /// <summary>The switch refused a command on a group or meter: what it has becomes what is known.</summary>
    /// <remarks>One reading at a time, for all that came into doubt before it.</remarks>
    public void Doubt(Instance instance)
    {
        _isDoubtful = true;
        if (!_isRereading) _ = RereadAsync(instance);
    }

    /// <summary>An instance's meters and groups; none where the switch says that it has no such thing.</summary>
    /// <exception cref="OpenFlowRequestException">No answer in time, or no connection.</exception>
    public static async Task<(ImmutableArray<MeterConfiguration> Meters, ImmutableArray<GroupDescription> Groups)>
        ReadAsync(Instance instance)
    {
        bool hasMeters = instance.Physical.Semantics.HasMeters;
        Task<ImmutableArray<MultipartReply>> meters = hasMeters
            ? AskAsync(instance, new MeterConfigurationRequest(MeterId.All))
            : Task.FromResult<ImmutableArray<MultipartReply>>([]);
        Task<ImmutableArray<MultipartReply>> groups = AskAsync(instance, new GroupDescriptionRequest());
        ImmutableArray<MeterConfiguration> allMeters =
            [.. (await meters).OfType<MeterConfigurationReply>().SelectMany(part => part.Meters)];
        ImmutableArray<GroupDescription> allGroups =
            [.. (await groups).OfType<GroupDescriptionReply>().SelectMany(part => part.Groups)];
        return instance.Ids is { } ids
            ? (ids.ToVirtual(allMeters), ids.ToVirtual(allGroups))
            : (allMeters, allGroups);
    }

    private static async Task<ImmutableArray<MultipartReply>> AskAsync(Instance instance, MultipartRequest request)
    {
        try
        {
            return await instance.Physical.RequestAllAsync(request);
        }
        catch (OpenFlowRequestException exception) when (exception.Failure == RequestFailure.Refused)
        {
            return [];
        }
    }

    private void ReconcileMeters(Instance instance, ImmutableArray<MeterConfiguration> found, long startTicks)
    {
        foreach (MeterConfiguration each in found)
        {
            var asFound = new MeterMod(MeterModCommand.Add, each.Flags, each.Meter, each.Bands);
            if (virtualSwitch.Meters.Find(each.Meter) is { } known)
            {
                bool isWrong = known.ChangedTicks < startTicks
                    && (known.Flags != each.Flags || !AreEqual(known.Bands, each.Bands));
                if (isWrong) instance.Send(default, known.ToMeterMod(MeterModCommand.Modify));
            }
            else if (!_deletedMeters.Contains(each.Meter) && !_deletedMeters.Contains(MeterId.All))
            {
                TreatUnknown(instance, asFound with { Command = MeterModCommand.Delete, Bands = [] },
                    () => virtualSwitch.Meters.Put(asFound, virtualSwitch.Loop.NowTicks));
            }
        }
        HashSet<MeterId> there = [.. found.Select(each => each.Meter)];
        foreach (ShadowMeter meter in virtualSwitch.Meters.InOrder)
        {
            bool isMissing = meter.ChangedTicks < startTicks && !there.Contains(meter.Id);
            if (isMissing) instance.Send(default, meter.ToMeterMod(MeterModCommand.Add));
        }
    }

    private void ReconcileGroups(Instance instance, ImmutableArray<GroupDescription> found, long startTicks)
    {
        HashSet<GroupId> there = [.. found.Select(each => each.Group)];
        foreach (GroupDescription each in found)
        {
            ImmutableArray<GroupBucket>? buckets = GroupTranslation.ToVirtual(each.Buckets, instance.Map);
            if (virtualSwitch.Groups.Find(each.Group) is { } known)
            {
                bool isRight = buckets is { } same && known.Type == each.Type && known.Buckets.SequenceEqual(same);
                if (!isRight && known.ChangedTicks < startTicks) Send(instance, known, GroupModCommand.Modify);
            }
            else if (!_deletedGroups.Contains(each.Group) && !_deletedGroups.Contains(GroupId.All))
            {
                TreatUnknown(instance, new GroupMod(GroupModCommand.Delete, each.Type, each.Group, []),
                    buckets is not { } virtualBuckets ? null : () => virtualSwitch.Groups.Put(
                        new GroupMod(GroupModCommand.Add, each.Type, each.Group, virtualBuckets),
                        virtualSwitch.Loop.NowTicks));
            }
        }
        foreach (ShadowGroup group in virtualSwitch.Groups.InOrder)
        {
            bool isMissing = group.ChangedTicks < startTicks && !there.Contains(group.Id);
            if (isMissing) Send(instance, group, GroupModCommand.Add);
        }
    }

    private static bool AreEqual(ImmutableArray<MeterBand> a, ImmutableArray<MeterBand> b) => a.Length == b.Length
        && a.Zip(b).All(pair => pair.First with { Bytes = [] } == pair.Second with { Bytes = [] }
            && pair.First.Bytes.SequenceEqual(pair.Second.Bytes));

    private static void Send(Instance instance, ShadowGroup group, GroupModCommand command) =>
        instance.Send(default, group.ToGroupMod(command) with
        {
            Buckets = GroupTranslation.Translate(group.Buckets, instance.Map),
        });

    private void TreatUnknown(Instance instance, OpenFlowMessage deletion, Action? adopt)
    {
        if (virtualSwitch.Reconciliation.UnknownRules == UnknownRuleTreatment.Remove)
            instance.Send(default, deletion);
        else if (virtualSwitch.Reconciliation.UnknownRules == UnknownRuleTreatment.Adopt && adopt is not null)
            adopt();
        else
            instance.ForeignRules++;
    }

    private async Task RereadAsync(Instance instance)
    {
        _isRereading = true;
        try
        {
            while (_isDoubtful)
            {
                _isDoubtful = false;
                (ImmutableArray<MeterConfiguration> meters, ImmutableArray<GroupDescription> groups) =
                    await ReadAsync(instance);
                if (!_isDoubtful) Correct(instance, meters, groups);
            }
        }
        catch (OpenFlowRequestException)
        {
            // When the switch is back everything is reconciled.
            _isDoubtful = false;
        }
        finally
        {
            _isRereading = false;
        }
    }

    private void Correct(
        Instance instance, ImmutableArray<MeterConfiguration> meters, ImmutableArray<GroupDescription> groups)
    {
        foreach (ShadowMeter meter in virtualSwitch.Meters.InOrder)
        {
            if (meters.FirstOrDefault(each => each.Meter == meter.Id) is not { } found)
                virtualSwitch.Meters.Remove(meter.Id);
            else
                (meter.Flags, meter.Bands) = (found.Flags, found.Bands);
        }
        foreach (ShadowGroup group in virtualSwitch.Groups.InOrder)
        {
            if (groups.FirstOrDefault(each => each.Group == group.Id) is not { } found)
                virtualSwitch.Groups.Remove(group.Id);
            else if (GroupTranslation.ToVirtual(found.Buckets, instance.Map) is { } buckets)
                (group.Type, group.Buckets) = (found.Type, buckets);
        }
    }
}
