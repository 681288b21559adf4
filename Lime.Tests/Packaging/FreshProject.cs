using System.Xml.Linq;
using Lime.Tests.Tidy;

namespace Lime.Tests.Packaging;

/// <summary>A console project as a user would make it: outside of the repository, with the packages from a
/// source.</summary>
internal static class FreshProject
{
    public const string Name = "Readme";

    /// <summary>What a user adds besides, to run the README's code: a container.</summary>
    private const string Container = "Microsoft.Extensions.DependencyInjection";

    /// <returns>Its folder, within that of the packages.</returns>
    public static string Create(PackedPackages packages, ReadmeCode code)
    {
        string folder = Path.Combine(packages.Folder, Name);
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, $"{Name}.csproj"), ProjectXml(packages));
        File.WriteAllText(Path.Combine(folder, "nuget.config"), SourcesXml(packages));
        foreach ((string name, string text) in code.Files) File.WriteAllText(Path.Combine(folder, name), text);
        return folder;
    }

    /// <remarks>Packages go to a folder of the test's own. What the machine has already is used from there
    /// and not fetched again; our packages' version is never among it.</remarks>
    private static string ProjectXml(PackedPackages packages) => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            <ImplicitUsings>enable</ImplicitUsings>
            <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
            <NuGetAudit>false</NuGetAudit>
            <RestorePackagesPath>{Path.Combine(packages.Folder, "restored")}</RestorePackagesPath>
            <RestoreFallbackFolders>{MachinesPackages()}</RestoreFallbackFolders>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="Lime.OpenFlow" Version="{packages.Version}" />
            <PackageReference Include="Lime.Core" Version="{packages.Version}" />
            <PackageReference Include="{Container}" Version="{VersionOf(Container)}" />
          </ItemGroup>
        </Project>
        """;

    /// <summary>The local source; the machine's own ones stay.</summary>
    private static string SourcesXml(PackedPackages packages) => $"""
        <configuration>
          <packageSources>
            <add key="packed-here" value="{packages.Source}" />
          </packageSources>
        </configuration>
        """;

    private static string MachinesPackages() => Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private static string VersionOf(string package) =>
        XDocument.Load(Path.Combine(CodeBase.Root, "Directory.Packages.props")).Descendants("PackageVersion")
            .Single(each => each.Attribute("Include")?.Value == package).Attribute("Version")!.Value;
}
