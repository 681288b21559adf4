using System.Collections.Immutable;
using Lime.Core.Rules;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;
using Microsoft.Extensions.Logging;

namespace Lime.Core.Switches;

/// <summary>Finds what is on a shared switch and no virtual switch's, when it connects: rules that name no port of
/// theirs, groups and meters that nobody has.</summary>
/// <remarks>It is removed or left, as configured; there is nobody to adopt it. Each virtual switch reads what lies at
/// its own ports by itself (<see cref="TableReconciliation"/>). Threading: the owner loop's.</remarks>
internal static partial class PartsReconciliation
{
    /// <summary>Numbers that are taken must be known before virtual switches are given theirs.</summary>
    public static async Task ReadIdsAsync(PhysicalSwitch physical, UnknownRuleTreatment treatment, LoopAccess loop)
    {
        if (!physical.Semantics.HasGroups || physical.Parts is not { } parts) return;
        try
        {
            Task<IEnumerable<MultipartReply>> groups = Questions.AskAsync(physical, new GroupDescriptionRequest());
            Task<IEnumerable<MultipartReply>> meters = physical.Semantics.HasMeters
                ? Questions.AskAsync(physical, new MeterConfigurationRequest(MeterId.All))
                : Task.FromResult<IEnumerable<MultipartReply>>([]);
            TreatGroups(physical, parts, treatment, await groups);
            TreatMeters(physical, parts, treatment, await meters);
        }
        catch (OpenFlowRequestException exception)
        {
            LogNotRead(loop.Logger, physical.Name, exception.Message);
        }
    }

    /// <summary>Reads all rules.</summary>
    public static async Task RunAsync(PhysicalSwitch physical, UnknownRuleTreatment treatment, LoopAccess loop)
    {
        OpenFlowChannel? channel = physical.Channel;
        try
        {
            var all = new FlowStatisticsRequest(Match.Any, TableId.All, PortNumber.Any);
            ImmutableArray<MultipartReply> parts =
                await PatientReading.ReadAsync(loop, physical, () => physical.RequestAllAsync(all));
            if (physical.Channel != channel) return;
            foreach (FlowStatistics entry in parts.OfType<FlowStatisticsReply>().SelectMany(part => part.Flows))
            {
                if (physical.Carrier.IsWanted(entry)) continue;
                if (physical.Parts?.OwnerOf(entry.Match) is null) Treat(physical, treatment, entry);
            }
            physical.IsReconciled = physical.ForeignRules == 0;
            if (physical.ForeignRules > 0) LogForeign(loop.Logger, physical.Name, physical.ForeignRules);
        }
        catch (OpenFlowRequestException exception)
        {
            LogNotRead(loop.Logger, physical.Name, exception.Message);
        }
    }

    private static void Treat(PhysicalSwitch physical, UnknownRuleTreatment treatment, FlowStatistics entry)
    {
        // What Lime itself has left, of a time when the switch was one virtual switch's, is nobody's wish any more.
        if (treatment == UnknownRuleTreatment.Remove || GuardMarks.IsOurs(entry.Cookie))
            physical.Send(physical.Channel!.NextXid(), EntryDeletion.Of(entry, physical.Semantics));
        else
            physical.ForeignRules++;
    }

    private static void TreatGroups(
        PhysicalSwitch physical, SwitchParts parts, UnknownRuleTreatment treatment, IEnumerable<MultipartReply> found)
    {
        foreach (GroupDescription each in found.OfType<GroupDescriptionReply>().SelectMany(part => part.Groups))
        {
            if (parts.All.Any(part => part.Ids?.Groups.ToVirtual(each.Group.Value) is not null)) continue;
            if (treatment == UnknownRuleTreatment.Remove)
                physical.Send(
                    physical.Channel!.NextXid(), new GroupMod(GroupModCommand.Delete, each.Type, each.Group, []));
            else
                parts.GroupIds.Reserve(each.Group.Value);
        }
    }

    private static void TreatMeters(
        PhysicalSwitch physical, SwitchParts parts, UnknownRuleTreatment treatment, IEnumerable<MultipartReply> found)
    {
        foreach (MeterConfiguration each in found.OfType<MeterConfigurationReply>().SelectMany(part => part.Meters))
        {
            if (parts.All.Any(part => part.Ids?.Meters.ToVirtual(each.Meter.Value) is not null)) continue;
            if (treatment == UnknownRuleTreatment.Remove)
                physical.Send(
                    physical.Channel!.NextXid(), new MeterMod(MeterModCommand.Delete, each.Flags, each.Meter, []));
            else
                parts.MeterIds.Reserve(each.Meter.Value);
        }
    }

    [LoggerMessage(160, LogLevel.Warning, "{Switch}: what is on it and nobody's could not be read: {Reason}")]
    private static partial void LogNotRead(ILogger logger, string @switch, string reason);

    [LoggerMessage(161, LogLevel.Warning, "{Switch} is shared, and has {Rules} rules that are no virtual switch's.")]
    private static partial void LogForeign(ILogger logger, string @switch, int rules);
}
