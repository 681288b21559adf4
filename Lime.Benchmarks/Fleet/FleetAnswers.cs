using System.Collections.Immutable;
using Lime.OpenFlow;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Benchmarks.Fleet;

/// <summary>What an empty switch answers to a controller's messages.</summary>
internal sealed class FleetAnswers(OpenFlowVersion version, DatapathId datapath, int portCount)
{
    private const ulong LocallyAdministered = 0x0200_0000_0000;

    private SetConfig _config = new(0, 128);

    /// <summary>The hello of a switch that speaks just one version: from 1.3 on with a bitmap of it.</summary>
    public HelloMessage Hello { get; } = version == OpenFlowVersion.V10
        ? new HelloMessage((byte)version, [])
        : new HelloMessage((byte)version, [0, 1, 0, 8, 0, 0, 0, (byte)(1 << (byte)version)]);

    /// <summary>Whether a message is the last one of the handshake: the controller knows the ports then.</summary>
    public bool EndsHandshake(OpenFlowMessage answer) => version == OpenFlowVersion.V10
        ? answer is FeaturesReply
        : answer is PortDescriptionReply;

    /// <summary>The answer to a message; null if there is none.</summary>
    public OpenFlowMessage? To(OpenFlowMessage message)
    {
        if (message is SetConfig config) _config = config;
        return message switch
        {
            EchoRequest echo => new EchoReply(echo.Bytes),
            FeaturesRequest => new FeaturesReply(datapath, 256, 1, 0, 0, version == OpenFlowVersion.V10 ? Ports() : []),
            GetConfigRequest => new GetConfigReply(_config.Flags, _config.MissSendBytes),
            BarrierRequest => new BarrierReply(),
            RoleRequest role => new RoleReply(role.Role, role.GenerationId),
            MultipartRequest request => To(request),
            _ => null,
        };
    }

    private OpenFlowMessage To(MultipartRequest request) => request switch
    {
        PortDescriptionRequest => new PortDescriptionReply(Ports()),
        DescriptionRequest => new DescriptionReply("Lime", "fleet", "fleet", datapath.ToString(), "fleet switch"),
        FlowStatisticsRequest => new FlowStatisticsReply([]),
        AggregateStatisticsRequest => new AggregateStatisticsReply(0, 0, 0),
        TableStatisticsRequest => new TableStatisticsReply([]),
        PortStatisticsRequest => new PortStatisticsReply([]),
        GroupDescriptionRequest => new GroupDescriptionReply([]),
        MeterConfigurationRequest => new MeterConfigurationReply([]),
        _ => new ErrorMessage(ErrorType.BadRequest, ErrorCodes.BadMultipart, []),
    };

    private ImmutableArray<PortDescription> Ports() =>
    [
        .. Enumerable.Range(1, portCount).Select(number => new PortDescription(
            new PortNumber((uint)number), new MacAddress(LocallyAdministered + (uint)number), $"p{number}")),
    ];
}
