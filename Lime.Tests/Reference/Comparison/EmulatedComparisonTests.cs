using System.Globalization;
using Lime.OpenFlow;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;
using NUnit.Framework;

namespace Lime.Tests.Reference.Comparison;

/// <summary>The emulated switch against the reference, on generated sequences.</summary>
internal sealed class EmulatedComparisonTests
{
    private const int SeedsOfOneTest = 50;
    private const int InputCount = 60;
    private const uint PortCount = 4;
    private const int ReportsMax = 3;

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

    /// <remarks>Goal: the emulated switch does what the specification says. Method: the same commands, packets, link
    /// changes and pauses to both; after each, all that left them is compared, at the end all statistics.</remarks>
    [TestCaseSource(nameof(Batches))]
    public void The_emulated_switch_does_what_the_reference_does_in_1_0(int firstSeed) =>
        Compare(OpenFlowVersion.V10, firstSeed);

    /// <remarks>The same for 1.3, with tables, groups and meters.</remarks>
    [TestCaseSource(nameof(Batches))]
    public void The_emulated_switch_does_what_the_reference_does_in_1_3(int firstSeed) =>
        Compare(OpenFlowVersion.V13, firstSeed);

    /// <remarks>Goal: the comparison can fail. Method: what the switch did is changed on its way to the comparison, in
    /// each kind of output at a time: a frame by another port, a byte of a packet-in, a code of an error, a packet
    /// more counted, a flow-removed that is missing. The same seeds without a change agree.</remarks>
    [TestCaseSource(nameof(Perturbations))]
    public void A_switch_that_does_something_else_is_found(Func<ReferenceOutput, ReferenceOutput?> perturbation)
    {
        Assert.That(Find(null), Is.Null);
        string? difference = Find(perturbation);
        Assert.That(difference, Does.Contain("seed ").And.Contain(" only: "));
    }

    private static IEnumerable<TestCaseData> Perturbations
    {
        get
        {
            TestCaseData Case(string name, Func<ReferenceOutput, ReferenceOutput?> change) =>
                new TestCaseData(change).SetArgDisplayNames(name);
            yield return Case("frame elsewhere", output => output is FrameOutput { Port.Value: 2 } frame
                ? frame with { Port = new(3) }
                : output);
            yield return Case("frame cut", output => output is FrameOutput frame
                ? frame with { Bytes = frame.Bytes[..^1] }
                : output);
            yield return Case("packet-in changed", output => output is PacketInOutput packet
                ? packet with { Bytes = packet.Bytes.SetItem(0, (byte)(packet.Bytes[0] ^ 1)) }
                : output);
            yield return Case("error code", output => output is MessageOutput { Message: ErrorMessage error } message
                ? message with { Message = error with { Code = (ushort)(error.Code + 77) } }
                : output);
            yield return Case("counter", output => output is MessageOutput { Message: FlowStatisticsReply flows }
                ? new MessageOutput(((MessageOutput)output).Xid, new FlowStatisticsReply(
                    [.. flows.Flows.Select(flow => flow with { PacketCount = flow.PacketCount + 1 })]))
                : output);
            yield return Case("flow-removed lost",
                output => output is MessageOutput { Message: FlowRemoved } ? null : output);
        }
    }

    private static string? Find(Func<ReferenceOutput, ReferenceOutput?>? perturbation) => Enumerable.Range(1, 10)
        .Select(seed =>
        {
            using var subject = new EmulatedSubject(OpenFlowVersion.V13, Options, PortCount);
            var comparer = new Comparer(OpenFlowVersion.V13, Options)
            {
                Excuse = KnownDifferences.OfEmulated,
                Perturbation = perturbation,
            };
            return comparer.Run(subject, seed, InputCount);
        })
        .FirstOrDefault(difference => difference is not null);

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
