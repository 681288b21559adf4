using Lime.Apps.Sample.Commands;
using Lime.OpenFlow;

namespace Lime.Benchmarks.Reports;

/// <summary>Versions of OpenFlow as options name them.</summary>
internal static class VersionNames
{
    private static readonly Dictionary<OpenFlowVersion, string> Names =
        OptionText.Versions.ToDictionary(OptionText.VersionOf);

    public static string Of(OpenFlowVersion version) => Names[version];
}
