using Lime.OpenFlow.Identifiers;

namespace Lime.OpenFlow.Messages.Multipart;

/// <summary>Asks what meters do (1.3).</summary>
/// <param name="Meter">Which meter, or <see cref="MeterId.All"/>.</param>
public sealed record MeterConfigurationRequest(MeterId Meter) : MultipartRequest(MultipartType.MeterConfiguration);
