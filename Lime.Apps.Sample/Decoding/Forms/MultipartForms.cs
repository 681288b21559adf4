using Lime.Apps.Sample.Decoding.Numbers;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Apps.Sample.Decoding.Forms;

/// <summary>Leads multipart requests and replies to the forms of their types.</summary>
internal static class MultipartForms
{
    public static MultipartRequest Request(Fields fields, MultipartRequest? value)
    {
        MultipartType type = TypeOf(fields, value?.Type);
        bool isOpaque = IsOpaque(fields, value is OpaqueMultipartRequest);
        return (isOpaque ? null : KnownRequest(fields, type, value))
            ?? OpaqueRequest(fields, type, value as OpaqueMultipartRequest);
    }

    public static MultipartReply Reply(Fields fields, MultipartReply? value)
    {
        MultipartType type = TypeOf(fields, value?.Type);
        bool isOpaque = IsOpaque(fields, value is OpaqueMultipartReply);
        return (isOpaque ? null : KnownReply(fields, type, value))
            ?? OpaqueReply(fields, type, value as OpaqueMultipartReply);
    }

    private static MultipartRequest? KnownRequest(Fields fields, MultipartType type, MultipartRequest? value) =>
        type switch
        {
            MultipartType.Description => SwitchForms.DescriptionRequest(fields, (DescriptionRequest?)value),
            MultipartType.Flow => FlowForms.FlowRequest(fields, (FlowStatisticsRequest?)value),
            MultipartType.Aggregate => FlowForms.AggregateRequest(fields, (AggregateStatisticsRequest?)value),
            MultipartType.Table => TableForms.StatisticsRequest(fields, (TableStatisticsRequest?)value),
            MultipartType.PortStatistics => PortForms.StatisticsRequest(fields, (PortStatisticsRequest?)value),
            MultipartType.Queue => QueueForms.StatisticsRequest(fields, (QueueStatisticsRequest?)value),
            MultipartType.Group => GroupForms.StatisticsRequest(fields, (GroupStatisticsRequest?)value),
            MultipartType.GroupDescription => GroupForms.DescriptionRequest(fields, (GroupDescriptionRequest?)value),
            MultipartType.GroupFeatures => GroupForms.FeaturesRequest(fields, (GroupFeaturesRequest?)value),
            MultipartType.Meter => MeterForms.StatisticsRequest(fields, (MeterStatisticsRequest?)value),
            MultipartType.MeterConfiguration =>
                MeterForms.ConfigurationRequest(fields, (MeterConfigurationRequest?)value),
            MultipartType.MeterFeatures => MeterForms.FeaturesRequest(fields, (MeterFeaturesRequest?)value),
            MultipartType.TableFeatures => TableForms.FeaturesRequest(fields, (TableFeaturesRequest?)value),
            MultipartType.PortDescription => PortForms.DescriptionRequest(fields, (PortDescriptionRequest?)value),
            MultipartType.Experimenter => ExperimenterRequest(fields, (ExperimenterMultipartRequest?)value),
            _ => null,
        };

    private static MultipartReply? KnownReply(Fields fields, MultipartType type, MultipartReply? value) =>
        type switch
        {
            MultipartType.Description => SwitchForms.Description(fields, (DescriptionReply?)value),
            MultipartType.Flow => FlowForms.FlowReply(fields, (FlowStatisticsReply?)value),
            MultipartType.Aggregate => FlowForms.AggregateReply(fields, (AggregateStatisticsReply?)value),
            MultipartType.Table => TableForms.StatisticsReply(fields, (TableStatisticsReply?)value),
            MultipartType.PortStatistics => PortForms.StatisticsReply(fields, (PortStatisticsReply?)value),
            MultipartType.Queue => QueueForms.StatisticsReply(fields, (QueueStatisticsReply?)value),
            MultipartType.Group => GroupForms.StatisticsReply(fields, (GroupStatisticsReply?)value),
            MultipartType.GroupDescription => GroupForms.DescriptionReply(fields, (GroupDescriptionReply?)value),
            MultipartType.GroupFeatures => GroupForms.FeaturesReply(fields, (GroupFeaturesReply?)value),
            MultipartType.Meter => MeterForms.StatisticsReply(fields, (MeterStatisticsReply?)value),
            MultipartType.MeterConfiguration => MeterForms.ConfigurationReply(fields, (MeterConfigurationReply?)value),
            MultipartType.MeterFeatures => MeterForms.FeaturesReply(fields, (MeterFeaturesReply?)value),
            MultipartType.TableFeatures => TableForms.FeaturesReply(fields, (TableFeaturesReply?)value),
            MultipartType.PortDescription => PortForms.DescriptionReply(fields, (PortDescriptionReply?)value),
            MultipartType.Experimenter => ExperimenterReply(fields, (ExperimenterMultipartReply?)value),
            _ => null,
        };

    private static ExperimenterMultipartRequest ExperimenterRequest(
        Fields fields, ExperimenterMultipartRequest? value) => new(
        fields.Hex32("experimenter", value?.Experimenter), fields.Bytes("data", value?.Bytes, isOptional: true))
    {
        HasMore = fields.Flag("more", value?.HasMore),
    };

    private static ExperimenterMultipartReply ExperimenterReply(
        Fields fields, ExperimenterMultipartReply? value) => new(
        fields.Hex32("experimenter", value?.Experimenter), fields.Bytes("data", value?.Bytes, isOptional: true))
    {
        HasMore = fields.Flag("more", value?.HasMore),
    };

    private static OpaqueMultipartRequest OpaqueRequest(
        Fields fields, MultipartType type, OpaqueMultipartRequest? value) =>
        new(type, fields.Bytes("body", value?.Bytes)) { HasMore = fields.Flag("more", value?.HasMore) };

    private static OpaqueMultipartReply OpaqueReply(Fields fields, MultipartType type, OpaqueMultipartReply? value) =>
        new(type, fields.Bytes("body", value?.Bytes)) { HasMore = fields.Flag("more", value?.HasMore) };

    private static MultipartType TypeOf(Fields fields, MultipartType? value) =>
        (MultipartType)fields.Number("multipart", (ulong?)value, MessageNames.Multipart);

    /// <summary>A version may not know a type that another has: then its body is what is there.</summary>
    private static bool IsOpaque(Fields fields, bool isOpaque) => fields.Has("body", isOpaque);
}
