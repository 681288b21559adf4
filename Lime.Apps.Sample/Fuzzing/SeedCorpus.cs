using System.Collections.Immutable;

namespace Lime.Apps.Sample.Fuzzing;

/// <summary>Good frames of every version and type, from the file <c>seeds.txt</c> within this assembly: a line a frame,
/// its bytes in hexadecimal digits, then its name.</summary>
internal static class SeedCorpus
{
    private const string Resource = "Lime.Apps.Sample.Fuzzing.seeds.txt";

    /// <summary>All of them, in the file's order.</summary>
    public static ImmutableArray<SeedFrame> Load()
    {
        using Stream stream = typeof(SeedCorpus).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The assembly has no resource {Resource}.");
        using var reader = new StreamReader(stream);
        var seeds = ImmutableArray.CreateBuilder<SeedFrame>();
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#') continue;
            string[] parts = line.Split(' ', 2);
            seeds.Add(new SeedFrame(parts[1], Convert.FromHexString(parts[0])));
        }
        return seeds.ToImmutable();
    }
}
