using System.Text.Json.Serialization;

namespace Lime.Apps.Sample.Operator.Documents;

/// <summary>How the operator API's documents become JSON; made at compile time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EnsembleDocument))]
[JsonSerializable(typeof(EnsembleList))]
[JsonSerializable(typeof(EnsemblePreviewDocument))]
[JsonSerializable(typeof(EnsembleProgressDocument))]
[JsonSerializable(typeof(MigrationDocument))]
[JsonSerializable(typeof(MigrationList))]
[JsonSerializable(typeof(MigrationRequest))]
[JsonSerializable(typeof(NetworkList))]
[JsonSerializable(typeof(PhysicalSwitchList))]
[JsonSerializable(typeof(PortList))]
[JsonSerializable(typeof(PreviewDocument))]
[JsonSerializable(typeof(ProblemDocument))]
[JsonSerializable(typeof(RuleList))]
[JsonSerializable(typeof(SwitchList))]
[JsonSerializable(typeof(VirtualNetworkDocument))]
internal sealed partial class OperatorJson : JsonSerializerContext;
