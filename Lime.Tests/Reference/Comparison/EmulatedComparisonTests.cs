using System.Globalization;
using Lime.OpenFlow;
using NUnit.Framework;

namespace Lime.Tests.Reference.Comparison;

/// <summary>The emulated switch against the reference, on generated sequences.</summary>
internal sealed class EmulatedComparisonTests
{
    private const int SeedsOfOneTest = 50;
    private const int InputCount = 60;
    private const uint PortCount = 4;
    private const int ReportsMax = 8;

    private static readonly int SeedCount = Number("LIME_SEEDS", 300);
    private static readonly int SeedStart = Number("LIME_SEED_START", 1);

    private static readonly ReferenceOptions Options = new()
    {
        TableCount = GeneratedRules.TableCount,
        RulesPerTableMax = 12,
    };

    private static IEnumerable<int> Batches =>
        Enumerable.Range(0, (SeedCount + SeedsOfOneTest - 1) / SeedsOfOneTest)
            .Select(batch => SeedStart + (batch * SeedsOfOneTest));

    /// <remarks>Goal: the emulated switch does what the specification says. Method: the same commands, packets, link changes
    /// and pauses to both; after each, all that left them is compared, at the end all statistics.</remarks>
    [TestCaseSource(nameof(Batches))]
    public void The_emulated_switch_does_what_the_reference_does_in_1_0(int firstSeed) =>
        Compare(OpenFlowVersion.V10, firstSeed);

    /// <remarks>The same for 1.3, with tables, groups and meters.</remarks>
    [TestCaseSource(nameof(Batches))]
    public void The_emulated_switch_does_what_the_reference_does_in_1_3(int firstSeed) =>
        Compare(OpenFlowVersion.V13, firstSeed);

    private static void Compare(OpenFlowVersion version, int firstSeed)
    {
        int end = Math.Min(firstSeed + SeedsOfOneTest, SeedStart + SeedCount);
        List<string> differences = [];
        for (int seed = firstSeed; seed < end; seed++)
        {
            using var subject = new EmulatedSubject(version, Options, PortCount);
            var comparer = new Comparer(version, Options) { Excuse = KnownDifferences.OfEmulated };
            if (comparer.Run(subject, seed, InputCount) is { } difference) differences.Add(difference);
        }
        Assert.That(differences, Is.Empty,
            () => $"{differences.Count} seeds differ.\n" + string.Join('\n', differences.Take(ReportsMax)));
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out int number)
            ? number
            : otherwise;
}
