using System.Collections.Immutable;
using Lime.OpenFlow;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;
using Lime.OpenFlow.Wire;

namespace Lime.Benchmarks.Fleet;

/// <summary>What an empty switch answers to a controller's messages.</summary>
internal sealed class FleetAnswers
{
    private const ulong LocallyAdministered = 0x0200_0000_0000;

    private readonly FeaturesReply _features;
    private readonly ImmutableArray<PortDescription> _ports;
    private readonly bool _isPortsApart;
    private SetConfig _config = new(0, 128);

    public FleetAnswers(OpenFlowCodec codec, DatapathId datapath, int portCount)
    {
        Hello = HelloVersions.Offer([codec.Version]);
        _ports =
        [
            .. Enumerable.Range(1, portCount).Select(number => new PortDescription(
                new PortNumber((uint)number), new MacAddress(LocallyAdministered + (uint)number), $"p{number}")),
        ];
        var empty = new FeaturesReply(datapath, 256, 1, 0, 0, []);
        FeaturesReply full = empty with { Ports = _ports };
        _isPortsApart = !CanSay(codec, full with { Ports = [new PortDescription(new PortNumber(1), default, "p")] });
        _features = _isPortsApart ? empty : full;
    }

    /// <summary>The hello of a switch that speaks just one version.</summary>
    public HelloMessage Hello { get; }

    /// <summary>Whether a message is the last one of the handshake: the controller knows the ports then.</summary>
    public bool EndsHandshake(OpenFlowMessage answer) =>
        _isPortsApart ? answer is PortDescriptionReply : answer is FeaturesReply;

    /// <summary>The answer to a message; null if there is none.</summary>
    public OpenFlowMessage? To(OpenFlowMessage message)
    {
        if (message is SetConfig config) _config = config;
        return message switch
        {
            EchoRequest echo => new EchoReply(echo.Bytes),
            FeaturesRequest => _features,
            GetConfigRequest => new GetConfigReply(_config.Flags, _config.MissSendBytes),
            BarrierRequest => new BarrierReply(),
            RoleRequest role => new RoleReply(role.Role, role.GenerationId),
            MultipartRequest request => To(request),
            _ => null,
        };
    }

    private OpenFlowMessage To(MultipartRequest request) => request switch
    {
        PortDescriptionRequest => new PortDescriptionReply(_ports),
        DescriptionRequest =>
            new DescriptionReply("Lime", "fleet", "fleet", _features.Datapath.ToString(), "fleet switch"),
        FlowStatisticsRequest => new FlowStatisticsReply([]),
        AggregateStatisticsRequest => new AggregateStatisticsReply(0, 0, 0),
        TableStatisticsRequest => new TableStatisticsReply([]),
        PortStatisticsRequest => new PortStatisticsReply([]),
        GroupDescriptionRequest => new GroupDescriptionReply([]),
        MeterConfigurationRequest => new MeterConfigurationReply([]),
        _ => new ErrorMessage(ErrorType.BadRequest, ErrorCodes.BadMultipart, []),
    };

    private static bool CanSay(OpenFlowCodec codec, OpenFlowMessage message)
    {
        try
        {
            return codec.SizeOf(message) > 0;
        }
        catch (UnsupportedByVersionException)
        {
            return false;
        }
    }
}
