using Lime.Apps.Sample.Commands;
using NUnit.Framework;

namespace Lime.Tests.Sample;

/// <remarks>Goal: bad arguments end with exit code 2 and a line that says what was expected; help helps.
/// Method: the program run in this process.</remarks>
internal sealed class CommandLineTests
{
    [TestCase("serve --openflow 8080", "--openflow 8080: expected ADDRESS:PORT")]
    [TestCase("serve --openflow 127.0.0.1", "--openflow 127.0.0.1: expected ADDRESS:PORT")]
    [TestCase("serve --openflow 127.0.0.1:99999", "--openflow 127.0.0.1:99999: expected ADDRESS:PORT")]
    [TestCase("serve --app firewall", "'firewall' not recognized")]
    [TestCase("serve --spare s4x", "--spare s4x: expected a datapath id")]
    [TestCase("serve --unknown-rules keep", "'keep' not recognized")]
    [TestCase("serve --idle-timeout 65536", "--idle-timeout 65536: expected 0 to 65535")]
    [TestCase("serve --network no-such.json", "no-such.json: there is no such file")]
    [TestCase("serve extra", "'extra'")]
    [TestCase("migrate s3", "'--to' is required")]
    [TestCase("migrate --to 4", "migrate")]
    [TestCase("migrate s3 --to 4 --method copy", "'copy' not recognized")]
    [TestCase("migrate s3 --to 4 --deadline 0", "--deadline 0: expected 1 to 86400")]
    [TestCase("migrate s3 --to 4 --pause 3600001", "--pause 3600001: expected 0 to 3600000")]
    [TestCase("migrate s3 --to 4 --pause 50ms", "50ms")]
    [TestCase("migrate s3 --to 4 --ports 1:2,3", "--ports 3: expected VIRTUAL:PHYSICAL")]
    [TestCase("migrate s3 --to 4 --operator ftp://x", "--operator ftp://x: expected a URL")]
    [TestCase("--repeats 0", "--repeats 0: expected 1 to 1000")]
    [TestCase("--repeats many", "many")]
    [TestCase("--method fast", "'fast' not recognized")]
    [TestCase("sreve", "'sreve'")]
    public async Task Bad_arguments_end_with_code_2_and_say_what_was_expected(string line, string message)
    {
        CommandRun run = await CommandRun.OfAsync(line.Split(' '));

        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.CouldNotStart));
        Assert.That(run.Error, Does.Contain(message));
        Assert.That(run.Error.Trim().Split('\n'), Has.Length.LessThanOrEqualTo(3));
        Assert.That(run.Output, Is.Empty);
    }

    [TestCase("0.0.0.0:8080")]
    [TestCase("[::]:8080")]
    [TestCase("192.0.2.1:8080")]
    public async Task An_operator_address_that_is_not_loopback_needs_a_token(string address)
    {
        CommandRun run = await CommandRun.OfAsync("serve", "--openflow", "127.0.0.1:0", "--operator", address);

        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.CouldNotStart));
        Assert.That(run.Error, Does.Contain("not a loopback address").And.Contain(ServeCommand.TokenVariable));
    }

    [TestCase("--help", "serve", "migrate", "--repeats", "MILLISECONDS", "default: 10", "Examples:")]
    [TestCase("serve --help", "127.0.0.1:6653", "learning-switch|hub", "--unknown-rules", "Examples:")]
    [TestCase("migrate --help", "http://127.0.0.1:8080", "default: clone", "SECONDS", "--pause", "Exit code")]
    [TestCase("migrate --help", "MILLISECONDS", "0 to 3600000", "default: 0", "Examples:")]
    public async Task Help_names_options_units_defaults_and_examples(string line, params string[] words)
    {
        CommandRun run = await CommandRun.OfAsync(line.Split(' '));

        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.Success));
        foreach (string word in words) Assert.That(run.Output, Does.Contain(word));
        Assert.That(run.Error, Is.Empty);
    }
}
