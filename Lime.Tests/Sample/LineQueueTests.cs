using Lime.Apps.Sample.Serving;
using Microsoft.Extensions.Logging;
using NUnit.Framework;

namespace Lime.Tests.Sample;

/// <remarks>Goal: what the controller says is written in order, a line each, and a terminal that is stopped
/// holds nobody up.</remarks>
internal sealed class LineQueueTests
{
    [Test]
    public async Task Lines_are_written_in_order_and_all_before_the_end()
    {
        using var writer = new StringWriter();
        await using (var lines = new LineQueue(writer))
            for (int i = 0; i < 1000; i++) lines.Write($"line {i}");

        Assert.That(
            writer.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries),
            Is.EqualTo(Enumerable.Range(0, 1000).Select(i => $"line {i}")));
    }

    [Test]
    public async Task A_stopped_terminal_loses_lines_but_blocks_nobody_and_the_loss_is_said()
    {
        using var writer = new StoppedWriter();
        await using (var lines = new LineQueue(writer))
        {
            for (int i = 0; i < 20_000; i++) lines.Write($"line {i}");
            writer.GoOn();
        }
        Assert.That(writer.ToString(), Does.Contain("lines dropped"));
        Assert.That(writer.ToString(), Does.Contain("line 9999").And.Not.Contain("line 19999"));
    }

    [Test]
    public async Task A_log_entry_is_one_line_whatever_a_switch_has_put_into_it()
    {
        using var writer = new StringWriter();
        await using (var lines = new LineQueue(writer))
        {
            using ILoggerFactory factory = LineLoggerProvider.CreateFactory(lines);
            ILogger logger = factory.CreateLogger("Lime.Test");
#pragma warning disable CA1848, CA2254 // A message that only this test logs, made up of what a switch might send.
            logger.LogWarning("name eth0\r\n\u001b[2Jforged");
            logger.LogDebug("too much");
#pragma warning restore CA1848, CA2254
        }
        Assert.That(writer.ToString(), Does.EndWith("warning Lime.Test: name eth0   [2Jforged" + Environment.NewLine));
        Assert.That(writer.ToString().Count(c => c == '\n'), Is.EqualTo(1));
    }

    private sealed class StoppedWriter : StringWriter
    {
        private readonly ManualResetEventSlim _goesOn = new();

        public void GoOn() => _goesOn.Set();

        public override void WriteLine(string? value)
        {
            _goesOn.Wait();
            base.WriteLine(value);
        }

        protected override void Dispose(bool disposing)
        {
            _goesOn.Dispose();
            base.Dispose(disposing);
        }
    }
}
