using Lime.Apps.Sample.Commands;
using Lime.Apps.Sample.Decoding.Messages;
using Lime.Apps.Sample.Fuzzing;
using Lime.OpenFlow.Messages;
using NUnit.Framework;

namespace Lime.Tests.Sample.Decoding;

/// <remarks>Goal: whatever comes over a wire, the codecs keep their promises; and the check of that isn't blind.
/// Method: 200,000 spoilt frames; a codec that breaks one promise each.</remarks>
internal sealed class FuzzTests
{
    /// <summary>An echo request, whose answer from the faulty codec is a promise broken.</summary>
    private static readonly byte[] Frame = Convert.FromHexString("0102000c0000000101020304");

    [Test]
    public async Task Two_hundred_thousand_spoilt_frames_give_values_or_protocol_errors()
    {
        CommandRun run = await CommandRun.OfAsync("fuzz", "--count", "200000", "--seed", "2026");

        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.Success), run.Output);
        Assert.That(run.Output, Does.Contain("200,000 frames in").And.Contain(" 0 failures"));
        Assert.That(run.Output, Does.Match(@"most steps: [1-9]\d* for a frame of \d+ \(.+\), [01]\.\d\d a byte"));
        Assert.That(run.Output, Does.Contain("1.0 FLOW_MOD").And.Contain("1.3 MULTIPART_REPLY TABLE_FEATURES"));
    }

    [Test]
    public async Task Messages_of_a_file_are_spoilt_too()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("a.txt", "0900000800000001 a hello\n"u8.ToArray());

        CommandRun run = await CommandRun.OfAsync("fuzz", "--count", "2000", "--from", file);

        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.Success), run.Output);
        Assert.That(run.Output, Does.Contain("0x09 type 0"));
    }

    [Test]
    public void A_frame_follows_from_seed_and_number_alone()
    {
        var seeds = SeedCorpus.Load();
        byte[] alone = new FrameMutator(seeds, 7).Make(12345, out int origin).ToArray();
        var another = new FrameMutator(seeds, 7);
        another.Make(1, out _);

        Assert.That(another.Make(12345, out int again).ToArray(), Is.EqualTo(alone));
        Assert.That(again, Is.EqualTo(origin));
        Assert.That(new FrameMutator(seeds, 8).Make(12345, out _).ToArray(), Is.Not.EqualTo(alone));
    }

    [TestCase(CodecFault.None, null)]
    [TestCase(CodecFault.Throws, "decoding threw System.IndexOutOfRangeException")]
    [TestCase(CodecFault.Allocates, "allocated ")]
    [TestCase(CodecFault.TakesLong, "took over ")]
    [TestCase(CodecFault.TakesManySteps, "took 16 steps for 12 bytes")]
    [TestCase(CodecFault.Changes, "decode(encode(m)) is not m")]
    [TestCase(CodecFault.RefusesItsOwn, "encoding what was decoded threw")]
    [TestCase(CodecFault.Miscounts, "SizeOf says 13, Write wrote 12")]
    public void A_broken_promise_is_noticed(CodecFault fault, string? failure)
    {
        var check = new FrameCheck(version => new FaultyCodec(Codecs.Find(version)!, fault));

        FrameVerdict verdict = check.Check(Frame, isCut: true);

        Assert.That(verdict.Failure, failure is null ? Is.Null : Does.StartWith(failure));
    }

    [TestCase("0102000d0000000101020304", FrameOutcome.Incomplete)]
    [TestCase("010200070000000101020304", FrameOutcome.NoFrame)]
    [TestCase("0902000c0000000101020304", FrameOutcome.NoFrame)]
    [TestCase("0102000c0000000101020304", FrameOutcome.Accepted)]
    [TestCase("0105000c0000000101020304", FrameOutcome.Refused)]
    public void A_frame_ends_as_a_channel_would_end_it(string hex, FrameOutcome outcome)
    {
        FrameVerdict verdict = new FrameCheck(Codecs.Find).Check(Convert.FromHexString(hex), isCut: true);

        Assert.That(verdict.Outcome, Is.EqualTo(outcome));
        Assert.That(verdict.Error, Is.EqualTo(outcome == FrameOutcome.Refused ? ErrorType.BadRequest : default));
        Assert.That(verdict.Failure, Is.Null);
    }
}
