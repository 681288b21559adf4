using System.IO.Compression;
using System.Xml.Linq;
using Lime.Tests.Tidy;
using NUnit.Framework;

namespace Lime.Tests.Packaging;

/// <remarks>Goal: what is published can be used as the README says. Method: pack both packages, look into
/// them, restore them from a folder into a project outside of this repository, and compile and run the
/// README's own code there.</remarks>
[TestFixture]
[Category("Packaging")]
internal sealed class PackagingTests
{
    private const string LibraryFolder = "lib/net10.0/";

    private static readonly string[] Ids = PackedPackages.Ids;

    private PackedPackages _packages = null!;

    [OneTimeSetUp]
    public async Task Pack() => _packages = await PackedPackages.PackAsync();

    [OneTimeTearDown]
    public void Remove() => _packages?.Dispose();

    [Test]
    public void A_package_has_its_library_documentation_and_readme([ValueSource(nameof(Ids))] string id)
    {
        using ZipArchive package = _packages.Open(id, "nupkg");
        Assert.That(
            package.Entries.Select(entry => entry.FullName),
            Is.SupersetOf([$"{LibraryFolder}{id}.dll", $"{LibraryFolder}{id}.xml", "README.md"]));
        Assert.That(ReadText(package, "README.md"), Is.EqualTo(ReadReadme()));
        Assert.That(
            XDocument.Parse(ReadText(package, $"{LibraryFolder}{id}.xml")).Descendants("member").Count(),
            Is.GreaterThan(100));
    }

    [Test]
    public void A_package_says_its_licence_and_what_it_is([ValueSource(nameof(Ids))] string id)
    {
        XElement metadata = ReadMetadata(id);
        Assert.That(Child(metadata, "license")?.Value, Is.EqualTo("Apache-2.0"));
        Assert.That(Child(metadata, "license")?.Attribute("type")?.Value, Is.EqualTo("expression"));
        Assert.That(Child(metadata, "readme")?.Value, Is.EqualTo("README.md"));
        Assert.That(Child(metadata, "description")?.Value, Has.Length.GreaterThan(40));
    }

    [TestCase("Lime.OpenFlow", "Pipelines.Sockets.Unofficial")]
    [TestCase("Lime.Core", "Lime.OpenFlow", "Microsoft.Extensions.DependencyInjection.Abstractions",
        "Microsoft.Extensions.Logging.Abstractions")]
    public void A_package_depends_on_nothing_else_than(string id, params string[] dependencies)
    {
        IEnumerable<string?> found = ReadMetadata(id).Descendants()
            .Where(each => each.Name.LocalName == "dependency").Select(each => each.Attribute("id")?.Value);
        Assert.That(found, Is.EquivalentTo(dependencies));
    }

    [Test]
    public void A_package_has_symbols([ValueSource(nameof(Ids))] string id)
    {
        using ZipArchive symbols = _packages.Open(id, "snupkg");
        Assert.That(symbols.GetEntry($"{LibraryFolder}{id}.pdb")?.Length, Is.GreaterThan(1000));
    }

    [Test]
    public async Task The_readmes_code_compiles_and_runs_in_a_fresh_project()
    {
        ReadmeCode code = ReadmeCode.Parse(ReadReadme());
        string folder = FreshProject.Create(_packages, code);

        await DotnetCommand.RunAsync(folder, "build", "-o", "out");
        string printed = await DotnetCommand.RunAsync(folder, Path.Combine("out", $"{FreshProject.Name}.dll"));

        Assert.That(code.Output, Is.Not.Null.And.Not.Empty);
        Assert.That(printed.ReplaceLineEndings("\n"), Is.EqualTo(code.Output));
    }

    private static string ReadReadme() =>
        File.ReadAllText(Path.Combine(CodeBase.Root, "README.md")).ReplaceLineEndings("\n");

    private XElement ReadMetadata(string id)
    {
        using ZipArchive package = _packages.Open(id, "nupkg");
        return Child(XDocument.Parse(ReadText(package, $"{id}.nuspec")).Root!, "metadata")!;
    }

    private static XElement? Child(XElement parent, string name) =>
        parent.Elements().SingleOrDefault(each => each.Name.LocalName == name);

    private static string ReadText(ZipArchive package, string entry)
    {
        using var reader = new StreamReader(package.GetEntry(entry)!.Open());
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
