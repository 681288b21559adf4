using Lime.Apps.Sample.Commands;
using Lime.Apps.Sample.Decoding.Output;
using Lime.Apps.Sample.Fuzzing;
using Lime.Tests.Tidy;
using NUnit.Framework;

namespace Lime.Tests.Sample.Decoding;

/// <remarks>Goal: nothing is lost on the way to the model, to JSON, through constructors, and back. Method: the seeds
/// of the fuzz command, which are canonical, and every vector of other software, which may not be.</remarks>
internal sealed class RoundTripTests
{
    private const string Hello = "0100000800000001";

    private static IEnumerable<SeedFrame> Seeds => SeedCorpus.Load();

    private static IEnumerable<string> VectorFiles => Directory
        .EnumerateFiles(Path.Combine(CodeBase.Root, "Lime.Tests", "Vectors"), "*.txt").Select(Path.GetFileName)!;

    [Test]
    public void A_seed_of_the_fuzz_command_comes_back_byte_for_byte([ValueSource(nameof(Seeds))] object seed)
    {
        RoundTrip trip = RoundTrip.Of(((SeedFrame)seed).Bytes);

        Assert.That(trip.Outcome, Is.EqualTo(RoundTripOutcome.Same), trip.Detail);
    }

    [TestCaseSource(nameof(VectorFiles))]
    public async Task No_vector_of_other_software_comes_back_different(string file)
    {
        string path = Path.Combine(CodeBase.Root, "Lime.Tests", "Vectors", file);

        CommandRun run = await CommandRun.OfAsync("decode", "--roundtrip", path);

        string[] lines = run.Output.Split('\n');
        Assert.That(lines.Where(line => line.Contains(": DIFFERENT", StringComparison.Ordinal)), Is.Empty);
        Assert.That(run.Output, Does.Contain(" 0 DIFFERENT, "));
    }

    [Test]
    public async Task A_frame_in_canonical_form_is_the_same()
    {
        CommandRun run = await CommandRun.OfAsync("decode", "--roundtrip", Hello);

        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.Success));
        Assert.That(run.Output, Does.Contain("argument: offset 0: same\n"));
        Assert.That(run.Output, Does.Contain(
            "1 same, 0 same meaning but not canonical, 0 DIFFERENT, 0 could not be decoded"));
    }

    [Test]
    public async Task Padding_that_is_not_zero_is_named_with_its_place_and_both_bytes()
    {
        CommandRun run = await CommandRun.OfAsync(
            "decode", "--roundtrip", "01100014" + "00000001" + "00040000" + "0003" + "00a500000000");

        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.Success));
        Assert.That(run.Output, Does.StartWith("argument: offset 0: same meaning, not canonical: first at byte 15 "));
        Assert.That(run.Output, Does.Contain("0xa5 became 0x00"));
    }

    [Test]
    public async Task A_frame_that_cannot_be_decoded_is_counted_and_ends_with_code_1()
    {
        CommandRun run = await CommandRun.OfAsync("decode", "--roundtrip", Hello, "017f000800000001");

        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.FoundFaults));
        Assert.That(run.Error, Does.Contain("argument 2: offset 0").And.Contain("OFPBRC_BAD_TYPE"));
        Assert.That(run.Output, Does.Contain("1 could not be decoded"));
    }
}
