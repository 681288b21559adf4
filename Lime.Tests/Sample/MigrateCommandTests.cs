using Lime.Apps.Sample.Commands;
using Lime.Core.Migration;
using Lime.OpenFlow.Identifiers;
using NUnit.Framework;

namespace Lime.Tests.Sample;

/// <remarks>Goal: <c>migrate</c> shows progress to the end and its exit code says how it ended. Method: the
/// command in this process against the operator API on loopback, the migration scripted.</remarks>
[Category("Socket")]
internal sealed class MigrateCommandTests
{
    private OperatorFixture _operator = null!;
    private StringWriter _output = null!;
    private StringWriter _error = null!;
    private CommandConsole _console = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _operator = await OperatorFixture.StartAsync(abortsAtOnce: true);
        _output = new StringWriter();
        _error = new StringWriter();
        _console = new CommandConsole(_output, _error);
    }

    [TearDown]
    public async Task StopAsync()
    {
        _console.Dispose();
        _output.Dispose();
        _error.Dispose();
        await _operator.DisposeAsync();
    }

    [TestCase(MigrationPhase.Completed, ExitCode.Success)]
    [TestCase(MigrationPhase.Aborted, ExitCode.Aborted)]
    public async Task Progress_is_shown_and_the_exit_code_says_how_it_ended(MigrationPhase end, int expected)
    {
        Task<int> run = RunAsync("s3", "--to", "4", "--method", "freeze-and-copy", "--ports", "1:5");
        ScriptedMigration migration = await _operator.Ensembles.Started;
        migration.Report(new()
        {
            Phase = MigrationPhase.Cloning,
            RulesCopied = 500,
            RulesTotal = 1000,
            Elapsed = TimeSpan.FromSeconds(1.25),
        });
        migration.Report(new() { Phase = end, Elapsed = TimeSpan.FromSeconds(2), Detail = "that is it" });

        Assert.That(await run, Is.EqualTo(expected), _error.ToString());
        Assert.That(_output.ToString(), Does.Contain("migration 1: s3 to 0000000000000004, freeze-and-copy")
            .And.Contain("1.250 s  cloning    rules 500/1000").And.Contain("that is it"));
        Assert.That(migration.Plan.TargetPorts, Has.Length.EqualTo(1));
        Assert.That(migration.Plan.Deadline, Is.EqualTo(TimeSpan.FromMinutes(5)));
    }

    [Test]
    public async Task A_pause_is_asked_for()
    {
        Task<int> run = RunAsync("s3", "--to", "4", "--pause", "50");
        ScriptedMigration migration = await _operator.Ensembles.Started;
        migration.Report(new() { Phase = MigrationPhase.Completed });

        Assert.That(await run, Is.EqualTo(ExitCode.Success), _error.ToString());
        Assert.That(migration.Plan.AttachmentInterval, Is.EqualTo(TimeSpan.FromMilliseconds(50)));
    }

    [Test]
    public async Task A_guard_and_budgets_are_asked_for_and_costs_shown_at_the_end()
    {
        Task<int> run = RunAsync(
            "s3", "--to", "4", "--guard", "drop", "--held-packets", "7", "--held-bytes", "9000",
            "--guard-packet-ins", "11", "--update-time", "1500", "--require-select-affinity");
        ScriptedMigration migration = await _operator.Ensembles.Started;
        migration.Report(new()
        {
            Phase = MigrationPhase.Completed,
            Costs = new() { Updates = 5, GuardedUpdates = 3, CommutingUpdates = 2, LostPackets = 4 },
        });

        Assert.That(await run, Is.EqualTo(ExitCode.Success), _error.ToString());
        Assert.That(migration.Plan.Guard, Is.EqualTo(GuardMode.Drop));
        Assert.That(migration.Plan.RequireSelectAffinity, Is.True);
        Assert.That(migration.Plan.Budgets, Is.EqualTo(new UpdateBudgets
        {
            HeldPacketsMax = 7,
            HeldBytesMax = 9000,
            GuardPacketInsPerSecondMax = 11,
            UpdateTimeMax = TimeSpan.FromSeconds(1.5),
        }));
        Assert.That(_output.ToString(), Does.Contain("rule changes meanwhile: 5, 3 guarded, 2 without need")
            .And.Contain("4 lost"));
    }

    [Test]
    public async Task A_kind_of_evidence_is_asked_for()
    {
        Task<int> run = RunAsync("s3", "--to", "4", "--evidence", "probe");
        ScriptedMigration migration = await _operator.Ensembles.Started;
        migration.Report(new() { Phase = MigrationPhase.Completed });

        Assert.That(await run, Is.EqualTo(ExitCode.Success), _error.ToString());
        Assert.That(migration.Plan.Evidence, Is.SameAs(Evidence.Probe));
    }

    [Test]
    public async Task A_pause_without_a_clone_is_refused()
    {
        Assert.That(
            await RunAsync("s3", "--to", "4", "--method", "freeze-and-copy", "--pause", "50"),
            Is.EqualTo(ExitCode.CouldNotStart));
        Assert.That(_error.ToString(), Does.Contain("$.attachmentIntervalMs: expected 0 with freeze-and-copy"));
    }

    [TestCase(FindingKind.Note, ExitCode.Success, "the plan holds")]
    [TestCase(FindingKind.Refusal, ExitCode.Aborted, "the plan would be refused")]
    public async Task A_dry_run_lists_what_was_found_and_starts_nothing(FindingKind kind, int expected, string verdict)
    {
        _operator.Ensembles.Preview = plan => new MigrationPreview(
            plan,
            [new MigrationFinding(kind, FindingTopic.Queues, "The target s4 lacks queue 3.")],
            new MigrationForecast { Rules = 1000, TargetEntries = 1200, Messages = 2500 });

        Assert.That(await RunAsync("s3", "--to", "4", "--dry-run"), Is.EqualTo(expected), _error.ToString());

        Assert.That(_output.ToString(), Does.Contain("nothing was done").And.Contain("queues")
            .And.Contain("The target s4 lacks queue 3.").And.Contain("1000 rules (1200 entries at the target)")
            .And.Contain(verdict));
        Assert.That(_operator.Ensembles.Migrations, Is.Empty);
    }

    [Test]
    public async Task A_completed_migration_says_how_it_is_taken_back_and_is()
    {
        Task<int> run = RunAsync("s3", "--to", "4");
        ScriptedMigration migration = await _operator.Ensembles.Started;
        migration.Undo = migration.Plan with { Target = new DatapathId(3) };
        migration.Report(new() { Phase = MigrationPhase.Completed });
        Assert.That(await run, Is.EqualTo(ExitCode.Success), _error.ToString());
        Assert.That(_output.ToString(), Does.Contain("to take it back: migrate --undo 1"));

        Task<int> back = RunAsync("--undo", "1");
        while (_operator.Ensembles.Migrations.Length < 2 && !back.IsCompleted) await Task.Yield();
        var second = (ScriptedMigration)_operator.Ensembles.Migrations[1];
        second.Report(new() { Phase = MigrationPhase.Completed });

        Assert.That(await back, Is.EqualTo(ExitCode.Success), _error.ToString());
        Assert.That(second.Plan.Target, Is.EqualTo(new DatapathId(3)));
    }

    [Test]
    public async Task What_is_not_completed_cannot_be_taken_back()
    {
        Task<int> run = RunAsync("s3", "--to", "4");
        ScriptedMigration migration = await _operator.Ensembles.Started;

        Assert.That(await RunAsync("--undo", "1"), Is.EqualTo(ExitCode.CouldNotStart));
        Assert.That(_error.ToString(), Does.Contain("only a completed one can be undone"));
        Assert.That(await RunAsync("--undo", "7"), Is.EqualTo(ExitCode.CouldNotStart));
        Assert.That(_error.ToString(), Does.Contain("There is no migration 7"));
        migration.Report(new() { Phase = MigrationPhase.Aborted });
        await run;
    }

    [TestCase("SWITCH is missing", "--to", "4")]
    [TestCase("Option '--to' is required", "s3")]
    [TestCase("takes neither SWITCH nor --to", "s3", "--undo", "1")]
    [TestCase("can't be a dry run", "--undo", "1", "--dry-run")]
    public async Task What_is_asked_for_has_to_be_whole(string reason, params string[] args)
    {
        Assert.That(await RunAsync(args), Is.EqualTo(ExitCode.CouldNotStart));
        Assert.That(_error.ToString(), Does.Contain(reason));
    }

    [Test]
    public async Task Ctrl_C_asks_for_an_abort_and_waits_for_the_end()
    {
        using var stop = new CancellationTokenSource();
        Task<int> run = RunAsync(stop.Token, "s3", "--to", "4");
        ScriptedMigration migration = await _operator.Ensembles.Started;

        await stop.CancelAsync();

        Assert.That(await migration.AbortReason, Is.Not.Empty);
        Assert.That(await run, Is.EqualTo(ExitCode.Aborted));
        Assert.That(_output.ToString(), Does.Contain("aborting migration 1"));
    }

    [TestCase("s9", "4", "No virtual switch is named 's9'")]
    [TestCase("s3", "nowhere", "$.target: expected a physical switch's name")]
    public async Task What_the_controller_refuses_ends_with_code_2_and_its_reason(
        string name, string to, string reason)
    {
        Assert.That(await RunAsync(name, "--to", to), Is.EqualTo(ExitCode.CouldNotStart));
        Assert.That(_error.ToString(), Does.Contain(reason));
    }

    [Test]
    public async Task Nobody_at_the_address_ends_with_code_2_and_says_what_to_do()
    {
        await _operator.DisposeAsync();

        Assert.That(await RunAsync("s3", "--to", "4"), Is.EqualTo(ExitCode.CouldNotStart));
        Assert.That(_error.ToString(), Does.Contain("no controller answers here").And.Contain("serve --operator"));
    }

    [Test]
    public async Task A_missing_token_ends_with_code_2_and_the_right_one_is_taken()
    {
        await using OperatorFixture guarded = await OperatorFixture.StartAsync(token: "secret", abortsAtOnce: true);
        string[] args = ["migrate", "s3", "--to", "4", "--operator", guarded.Url.Authority];

        Assert.That(await CommandLine.RunAsync(args, _console, default), Is.EqualTo(ExitCode.CouldNotStart));
        Assert.That(_error.ToString(), Does.Contain("Authorization: Bearer"));

        Task<int> run = CommandLine.RunAsync([.. args, "--token", "secret"], _console, default);
        (await guarded.Ensembles.Started).Report(new() { Phase = MigrationPhase.Completed });
        Assert.That(await run, Is.EqualTo(ExitCode.Success));
    }

    private Task<int> RunAsync(params string[] args) => RunAsync(CancellationToken.None, args);

    private Task<int> RunAsync(CancellationToken stop, params string[] args) =>
        CommandLine.RunAsync(["migrate", .. args, "--operator", _operator.Url.ToString()], _console, stop);
}
