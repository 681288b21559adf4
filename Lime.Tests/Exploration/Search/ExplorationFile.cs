using System.Text.Json;

namespace Lime.Tests.Exploration.Search;

/// <summary>Keeps an exploration that takes long, so that one that was stopped goes on where it was.</summary>
/// <param name="path">Where the file is, or will be.</param>
/// <param name="build">What is explored, by its build: what was kept of another one is of no use.</param>
internal sealed class ExplorationFile(string path, string build)
{
    /// <summary>A file a minute costs nothing that one could notice.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <returns>Null if there is none of this build.</returns>
    public KeptExploration? TryRead()
    {
        if (!File.Exists(path)) return null;
        KeptExploration? kept = JsonSerializer.Deserialize<KeptExploration>(File.ReadAllText(path));
        return kept?.Build == build ? kept : null;
    }

    public void Write(ExplorationReport report, RunPath steps, IReadOnlyCollection<ulong> ends)
    {
        // Whole or not at all, whenever the process ends.
        string beside = path + ".new";
        File.WriteAllText(beside, JsonSerializer.Serialize(
            new KeptExploration(build, report, [.. steps.Nodes], [.. ends])));
        File.Move(beside, path, overwrite: true);
    }
}
