using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Lime.Tests.Tidy;

/// <summary>Source files and what their names mean together.</summary>
/// <remarks>Errors of the compilation are not looked at (the build does that): what generators add is missing
/// here.</remarks>
internal sealed class CodeBase
{
    private static readonly string[] Projects =
        ["Lime.OpenFlow", "Lime.Core", "Lime.Apps.Sample", "Lime.Benchmarks", "Lime.Tests"];

    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    /// <summary>Read once: there are some hundred of them.</summary>
    private static readonly MetadataReference[] Assemblies = [.. ReferencedAssemblies()];

    private readonly Dictionary<SourceFile, SemanticModel> _models;

    private CodeBase(IReadOnlyList<SourceFile> files)
    {
        Files = files;
        SourceFile usings = SourceFile.Parse("Usings.cs", ImplicitUsings);
        var compilation = CSharpCompilation.Create(
            "Everything",
            files.Select(file => file.Tree).Append(usings.Tree),
            Assemblies,
            new CSharpCompilationOptions(OutputKind.ConsoleApplication));
        _models = files.ToDictionary(file => file, file => compilation.GetSemanticModel(file.Tree));
    }

    public IReadOnlyList<SourceFile> Files { get; }

    /// <summary>The folder with the solution, above the test's own.</summary>
    public static string Root { get; } = FindRoot();

    public static CodeBase Load() =>
        new([.. Projects.SelectMany(SourcesOf).OrderBy(file => file.Path, StringComparer.Ordinal)]);

    /// <summary>A code base of one file.</summary>
    public static CodeBase Of(string path, string text) => new([SourceFile.Parse(path, text)]);

    /// <summary>Every place that breaks <paramref name="rule"/>, once.</summary>
    public IEnumerable<Finding> Check(ITidyRule rule) =>
        Files.SelectMany(file => rule.Check(file, _models[file])).Distinct();

    private static IEnumerable<SourceFile> SourcesOf(string project)
    {
        string folder = Path.Combine(Root, project);
        foreach (string path in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
        {
            string relative = Path.GetRelativePath(Root, path).Replace('\\', '/');
            bool isBuilt = relative.StartsWith($"{project}/obj/", StringComparison.Ordinal)
                || relative.StartsWith($"{project}/bin/", StringComparison.Ordinal);
            if (!isBuilt) yield return SourceFile.Parse(relative, File.ReadAllText(path));
        }
    }

    /// <summary>What this test runs on: the framework, and the packages but not Lime's own
    /// assemblies.</summary>
    private static IEnumerable<MetadataReference> ReferencedAssemblies() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith("Lime.", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path));

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Lime.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("There is no Lime.sln above the tests.");
    }
}
