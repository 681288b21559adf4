using System.IO.Compression;
using Lime.Tests.Tidy;

namespace Lime.Tests.Packaging;

/// <summary>The two packages, packed from the sources into a folder of their own.</summary>
/// <remarks>The version is new each time: a package cache never has it, so nothing old is tested. What the
/// build makes goes to that folder too; the sources' own bin and obj stay as they are.</remarks>
internal sealed class PackedPackages : IDisposable
{
    public static readonly string[] Ids = ["Lime.OpenFlow", "Lime.Core"];

    private PackedPackages() => Directory.CreateDirectory(Folder);

    public string Version { get; } = $"0.1.0-test.{Guid.NewGuid():n}";

    /// <summary>Holds everything; goes with this object.</summary>
    public string Folder { get; } = Path.Combine(Path.GetTempPath(), $"lime-packaging-{Guid.NewGuid():n}");

    /// <summary>The local source to restore from.</summary>
    public string Source => Path.Combine(Folder, "packages");

    public static async Task<PackedPackages> PackAsync()
    {
        var packed = new PackedPackages();
        foreach (string id in Ids)
        {
            await DotnetCommand.RunAsync(
                CodeBase.Root, "pack", id, "-c", "Release", "-o", packed.Source, $"-p:Version={packed.Version}",
                "--artifacts-path", Path.Combine(packed.Folder, "artifacts"));
        }
        return packed;
    }

    /// <param name="id">The package.</param>
    /// <param name="ending">nupkg, or snupkg for its symbols.</param>
    public ZipArchive Open(string id, string ending) =>
        ZipFile.OpenRead(Path.Combine(Source, $"{id}.{Version}.{ending}"));

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
