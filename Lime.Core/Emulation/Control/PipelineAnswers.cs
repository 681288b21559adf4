using Lime.Core.Emulation.Groups;
using Lime.Core.Emulation.Meters;
using Lime.Core.Emulation.Switching;
using Lime.Core.Emulation.Tables;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;
using Lime.OpenFlow.Wire;

namespace Lime.Core.Emulation.Control;

/// <summary>What 1.3 asks beyond 1.0: groups, meters, what tables can do (1.3.5 sections 7.3.5.5 and 7.3.5.8 to
/// 7.3.5.14).</summary>
internal static class PipelineAnswers
{
    /// <summary>All four group types.</summary>
    private const uint GroupTypes = 0b1111;

    /// <summary>OFPGFC_SELECT_WEIGHT, SELECT_LIVENESS, CHAINING, CHAINING_CHECKS.</summary>
    private const uint GroupCapabilities = 0b1111;

    /// <summary>OFPMBT_DROP and OFPMBT_DSCP_REMARK, a bit by their numbers.</summary>
    private const uint BandTypes = (1 << (int)MeterBandType.Drop) | (1 << (int)MeterBandType.DscpRemark);

    /// <summary>Bits of ofp_meter_flags: all four.</summary>
    private const uint MeterCapabilities = 0b1111;

    /// <summary>The answer's parts; null if the switch does not know the request.</summary>
    public static IReadOnlyList<MultipartReply>? To(
        MultipartRequest request, SwitchDatapath datapath, long nowTicks, OpenFlowCodec codec) => request switch
        {
            GroupStatisticsRequest group => ReplyParts.Split(
                Groups(datapath, group.Group, nowTicks), part => new GroupStatisticsReply(part), codec),
            GroupDescriptionRequest => ReplyParts.Split(
                datapath.Groups.All.Select(group => group.Description),
                part => new GroupDescriptionReply(part), codec),
            GroupFeaturesRequest => [GroupFeatures(datapath)],
            MeterStatisticsRequest meter => ReplyParts.Split(
                Meters(datapath, meter.Meter, nowTicks), part => new MeterStatisticsReply(part), codec),
            MeterConfigurationRequest meter => ReplyParts.Split(
                Select(datapath.Meters, meter.Meter).Select(each => each.Configuration),
                part => new MeterConfigurationReply(part), codec),
            MeterFeaturesRequest =>
            [
                new MeterFeaturesReply(
                    (uint)datapath.Meters.Capacity, BandTypes, MeterCapabilities, MeterTable.BandsMax, ColorsMax: 0),
            ],
            TableFeaturesRequest => ReplyParts.Split(
                TableAbilities.Of(datapath), part => new TableFeaturesReply(part), codec),
            _ => null,
        };

    /// <summary>A meter that is not there is refused, as Open vSwitch does; a table can't be changed.</summary>
    public static Refusal? WhyNot(MultipartRequest request, SwitchDatapath datapath) => request switch
    {
        MeterStatisticsRequest meter => WhyNot(meter.Meter, datapath),
        MeterConfigurationRequest meter => WhyNot(meter.Meter, datapath),
        TableFeaturesRequest { Tables.IsDefaultOrEmpty: false } =>
            new Refusal(ErrorType.TableFeaturesFailed, ErrorCodes.TableFeaturesPermission),
        _ => null,
    };

    private static Refusal? WhyNot(MeterId meter, SwitchDatapath datapath) =>
        meter == MeterId.All || datapath.Meters.Find(meter) is not null
            ? null
            : new Refusal(ErrorType.MeterModFailed, ErrorCodes.MeterUnknown);

    private static IEnumerable<GroupStatistics> Groups(SwitchDatapath datapath, GroupId id, long nowTicks)
    {
        var references = new Dictionary<GroupId, uint>();
        IEnumerable<GroupId> used = datapath.Tables.Entries.SelectMany(entry => entry.Groups.Distinct())
            .Concat(datapath.Groups.All.SelectMany(group => group.Targets.Distinct()));
        foreach (GroupId each in used) references[each] = references.GetValueOrDefault(each) + 1;
        return datapath.Groups.All
            .Where(group => id == GroupId.All || group.Id == id)
            .Select(group => group.ToStatistics(references.GetValueOrDefault(group.Id), nowTicks));
    }

    private static IEnumerable<MeterStatistics> Meters(SwitchDatapath datapath, MeterId id, long nowTicks)
    {
        var uses = new Dictionary<MeterId, uint>();
        foreach (FlowEntry entry in datapath.Tables.Entries)
        {
            if (entry.Instructions.Meter is { } meter) uses[meter] = uses.GetValueOrDefault(meter) + 1;
        }
        return Select(datapath.Meters, id)
            .Select(meter => meter.ToStatistics(uses.GetValueOrDefault(meter.Id), nowTicks));
    }

    private static IEnumerable<Meter> Select(MeterTable meters, MeterId id) =>
        meters.All.Where(meter => id == MeterId.All || meter.Id == id);

    private static GroupFeaturesReply GroupFeatures(SwitchDatapath datapath)
    {
        var most = (uint)datapath.Groups.Capacity;
        uint actions = TableAbilities.ActionBits;
        return new GroupFeaturesReply(
            GroupTypes, GroupCapabilities, [most, most, most, most], [actions, actions, actions, actions]);
    }
}
