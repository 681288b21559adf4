using System.Text.Json;
using Lime.Core.Ovsdb;
using NUnit.Framework;

namespace Lime.Tests.Ovsdb;

/// <remarks>Goal: a server that says or takes nothing costs bounded time and memory.</remarks>
internal sealed class ConnectionLimitsTests
{
    private static readonly TimeSpan Interval = OvsdbOptions.Default.EchoInterval;
    private static readonly TimeSpan Timeout = OvsdbOptions.Default.EchoTimeout;

    private static OvsdbRequestFailure FailureOf(Task task)
    {
        Assert.That(task.IsFaulted, Is.True, "It has not failed.");
        return ((OvsdbRequestException)task.Exception!.InnerException!).Failure;
    }

    private static OvsdbRequest<string> Large(int bytes)
    {
        string text = new('x', bytes);
        void Write(Utf8JsonWriter writer) => writer.WriteStringValue(text);
        return new OvsdbRequest<string>("large", Write, static result => result.GetRawText());
    }

    [Test]
    public void A_server_silent_for_the_interval_is_asked_once_a_tick_later()
    {
        using var rig = new ConnectionRig();
        rig.Pass(Interval);
        Assert.That(rig.Server.Heard, Is.Empty);
        rig.PassTick();
        Assert.That(rig.Server.HeardText, Is.EqualTo("""{"id":"echo","method":"echo","params":[]}"""));
    }

    [Test]
    public void A_server_silent_for_the_timeout_too_is_given_up_a_tick_later()
    {
        using var rig = new ConnectionRig();
        rig.Pass(Interval + TimeSpan.FromTicks(1));
        rig.Pass(Timeout);
        Assert.That(rig.Connection.IsOpen, Is.True);
        rig.PassTick();
        Assert.That(rig.Cause.Reason, Is.EqualTo(OvsdbCloseReason.ServerSilent));
        Assert.That(rig.Server.Heard, Has.Count.EqualTo(1), "Asked once.");
    }

    [Test]
    public void A_server_that_answers_is_asked_again_after_the_next_silence()
    {
        using var rig = new ConnectionRig();
        for (int i = 1; i <= 20; i++)
        {
            rig.Pass(Interval + TimeSpan.FromTicks(1));
            Assert.That(rig.Server.HeardOf("echo"), Has.Count.EqualTo(i));
            rig.Say("""{"id":"echo","result":[],"error":null}""");
        }
        Assert.That(rig.Connection.IsOpen, Is.True);
        Assert.That(rig.Connection.IgnoredCount, Is.Zero);
    }

    [Test]
    public void A_single_byte_counts_as_life()
    {
        using var rig = new ConnectionRig();
        rig.Pass(Interval + TimeSpan.FromTicks(1));
        rig.Pass(Timeout);
        rig.Say("{");
        rig.PassTick();
        Assert.That(rig.Connection.IsOpen, Is.True);
        rig.Pass(Interval);
        Assert.That(rig.Server.HeardOf("echo"), Has.Count.EqualTo(2), "Silent again since that byte.");
    }

    [Test]
    public void A_busy_server_is_never_asked()
    {
        using var rig = new ConnectionRig();
        for (int i = 0; i < 50; i++)
        {
            rig.Pass(Interval);
            rig.Say("""{"method":"update","params":[0,{}]}""");
        }
        Assert.That(rig.Server.Heard, Is.Empty);
    }

    [Test]
    public void Only_so_many_requests_wait_and_an_answer_makes_room()
    {
        using var rig = new ConnectionRig(new OvsdbOptions { PendingRequestsMax = 2 });
        Task<string>[] asked = [rig.Ask("a"), rig.Ask("b"), rig.Ask("c")];
        Assert.That(FailureOf(asked[2]), Is.EqualTo(OvsdbRequestFailure.Overloaded));
        Assert.That(rig.Server.Heard, Has.Count.EqualTo(2));
        rig.Say("""{"id":1,"result":0}""");
        rig.Ask("d");
        Assert.That(rig.Server.HeardOf("d"), Has.Count.EqualTo(1));
    }

    [Test]
    public void What_does_not_fit_into_the_outbox_is_refused_and_room_comes_back()
    {
        using var rig = new ConnectionRig(new OvsdbOptions
        {
            OutboxBytesMax = 700_000, EchoInterval = TimeSpan.FromHours(1),
        });
        var asked = new List<Task<string>>();
        // The transport takes 256 KiB before it pauses; nothing is read.
        rig.OnLoop(() =>
        {
            for (int i = 0; i < 4; i++) asked.Add(rig.Connection.RequestAsync(Large(300_000)));
        });
        rig.Settle(isServerListening: false);
        Assert.That(string.Join(' ', asked.Select(each => each.IsFaulted)), Is.EqualTo("False False True True"));
        Assert.That(FailureOf(asked[2]), Is.EqualTo(OvsdbRequestFailure.Overloaded));

        for (int i = 0; i < 5; i++) rig.Settle();
        Assert.That(rig.Server.HeardOf("large"), Has.Count.EqualTo(2));
        Task<string>? later = null;
        rig.OnLoop(() => later = rig.Connection.RequestAsync(Large(300_000)));
        Assert.That(later!.IsFaulted, Is.False);
    }

    [Test]
    public void A_server_that_takes_nothing_is_given_up_after_its_time()
    {
        OvsdbOptions options = new() { EchoInterval = TimeSpan.FromHours(1), RequestTimeout = TimeSpan.FromHours(1) };
        using var rig = new ConnectionRig(options);
        Task<string>? asked = null;
        rig.OnLoop(() => asked = rig.Connection.RequestAsync(Large(300_000)));
        rig.Pass(options.OutboxStuckTimeout, isServerListening: false);
        Assert.That(rig.Connection.IsOpen, Is.True);
        rig.Pass(TimeSpan.FromTicks(1), isServerListening: false);
        Assert.That(rig.Cause.Reason, Is.EqualTo(OvsdbCloseReason.OutboxStuck));
        Assert.That(FailureOf(asked!), Is.EqualTo(OvsdbRequestFailure.NotConnected));
    }

    [TestCaseSource(nameof(OutOfRange))]
    public void A_limit_out_of_its_range_is_named(string name, OvsdbOptions options) =>
        Assert.That(
            options.Validate, Throws.TypeOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo(name));

    private static IEnumerable<TestCaseData> OutOfRange()
    {
        yield return new(nameof(OvsdbOptions.MessageBytesMax), new OvsdbOptions { MessageBytesMax = 1023 });
        yield return new(nameof(OvsdbOptions.OutboxBytesMax), new OvsdbOptions { OutboxBytesMax = 0 });
        yield return new(nameof(OvsdbOptions.PendingRequestsMax), new OvsdbOptions { PendingRequestsMax = 65_537 });
        yield return new(nameof(OvsdbOptions.RequestTimeout), new OvsdbOptions { RequestTimeout = TimeSpan.Zero });
        yield return new(nameof(OvsdbOptions.EchoInterval), new OvsdbOptions { EchoInterval = TimeSpan.FromDays(1) });
        yield return new(nameof(OvsdbOptions.DelayMax), new OvsdbOptions { DelayMax = TimeSpan.FromMilliseconds(1) });
    }
}
