using System.Xml.Linq;

namespace Lime.Tests.Tidy;

/// <summary>Which projects refer to which.</summary>
internal static class ProjectReferences
{
    /// <summary>The picture at the top of <c>docs/architecture.md</c>; the tests may look at
    /// everything.</summary>
    public static IReadOnlyDictionary<string, string[]> Allowed { get; } = new Dictionary<string, string[]>
    {
        ["Lime.OpenFlow"] = [],
        ["Lime.Core"] = ["Lime.OpenFlow"],
        ["Lime.Apps.Sample"] = ["Lime.Core"],
        ["Lime.Benchmarks"] = ["Lime.Apps.Sample", "Lime.Core"],
        ["Lime.Tests"] = ["Lime.Apps.Sample", "Lime.Benchmarks", "Lime.Core"],
    };

    /// <summary>The projects that <paramref name="projectXml"/> refers to, by name, in order.</summary>
    public static string[] Read(string projectXml) =>
    [
        .. XDocument.Parse(projectXml).Descendants("ProjectReference")
            .Select(each => Path.GetFileNameWithoutExtension(each.Attribute("Include")!.Value.Replace('\\', '/')))
            .Order(StringComparer.Ordinal),
    ];
}
