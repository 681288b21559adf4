using Lime.Core.Ovsdb;
using NUnit.Framework;

namespace Lime.Tests.Ovsdb;

public class ConnectionTests
{
    private static readonly TimeSpan RequestTimeout = OvsdbOptions.Default.RequestTimeout;

    /// <summary>So patient that nothing but what the test is about happens.</summary>
    private static readonly OvsdbOptions Patient = new() { EchoInterval = TimeSpan.FromHours(1) };

    private static OvsdbRequestException Failure(Task task)
    {
        Assert.That(task.IsFaulted, Is.True, "It has not failed.");
        return (OvsdbRequestException)task.Exception!.InnerException!;
    }

    [Test]
    public void A_request_is_said_once_and_its_answer_read()
    {
        using var rig = new ConnectionRig();
        Task<string> answer = rig.Ask("list_dbs");
        Assert.That(rig.Server.HeardText, Is.EqualTo("""{"id":1,"method":"list_dbs","params":[]}"""));
        rig.Say("""{"id":1,"result":["Open_vSwitch"],"error":null}""");
        Assert.That(answer.Done(), Is.EqualTo("[\"Open_vSwitch\"]"));
    }

    [Test]
    public void Answers_in_another_order_find_their_requests_also_when_they_come_in_half_frames()
    {
        using var rig = new ConnectionRig();
        Task<string> first = rig.Ask("a");
        Task<string> second = rig.Ask("b");
        foreach (char each in """{"id":2,"result":"second"} {"id":1,"result":"first"}""") rig.Say($"{each}");
        Assert.That((first.Done(), second.Done()), Is.EqualTo(("\"first\"", "\"second\"")));
    }

    [TestCase("""{"error":"unknown database","details":"no x"}""", "get_schema was refused: unknown database (no x)")]
    [TestCase("""{"error":"unknown database"}""", "get_schema was refused: unknown database")]
    [TestCase("\"unknown method\"", "get_schema was refused: unknown method")]
    public void An_error_reply_fails_its_request_alone(string error, string message)
    {
        using var rig = new ConnectionRig();
        Task<string> refused = rig.Ask("get_schema");
        rig.Server.Refuse("get_schema", error);
        rig.Settle();
        OvsdbRequestException failure = Failure(refused);
        Assert.That((failure.Failure, failure.Message), Is.EqualTo((OvsdbRequestFailure.Refused, message)));
        Assert.That(failure.Error, Is.Not.Null);
        Assert.That(rig.Connection.IsOpen, Is.True);
    }

    [Test]
    public void A_request_is_in_time_up_to_its_timeout_and_fails_a_tick_later()
    {
        using var rig = new ConnectionRig(Patient);
        Task<string> answer = rig.Ask("list_dbs");
        Task<string> patient = rig.Ask("other", RequestTimeout * 2);
        rig.Pass(RequestTimeout);
        Assert.That(answer.IsCompleted, Is.False);
        rig.PassTick();
        Assert.That(Failure(answer).Failure, Is.EqualTo(OvsdbRequestFailure.TimedOut));
        Assert.That(Failure(answer).Message, Does.StartWith("list_dbs was not answered within"));
        Assert.That(patient.IsCompleted, Is.False);
        rig.Say("""{"id":1,"result":[]}""");
        Assert.That(rig.Connection.IgnoredCount, Is.EqualTo(1), "The late answer.");
        Assert.That(rig.Connection.IsOpen, Is.True);
    }

    [Test]
    public void An_echo_request_is_answered_with_its_id_and_parameters()
    {
        using var rig = new ConnectionRig();
        rig.Say("""{"method":"echo","params":["x",7],"id":"probe"}{"method":"echo","id":[1]}""");
        Assert.That(rig.Server.HeardText, Is.EqualTo(
            """{"id":"probe","result":["x",7],"error":null}""" + "\n" + """{"id":[1],"result":null,"error":null}"""));
    }

    [Test]
    public void Methods_that_no_client_has_are_refused_and_notifications_ignored()
    {
        using var rig = new ConnectionRig();
        rig.Say("""{"method":"steal","params":[],"id":4}{"method":"locked","params":["x"],"id":null}""");
        Assert.That(
            rig.Server.HeardText, Is.EqualTo("""{"id":4,"result":null,"error":"unknown method"}"""));
        Assert.That(rig.Connection.IgnoredCount, Is.EqualTo(2));
    }

    [Test]
    public void An_update_is_handed_on()
    {
        using var rig = new ConnectionRig();
        rig.Say("""{"method":"update","params":[0,{"Port":{}}],"id":null}""");
        Assert.That(rig.Updates.Single(), Is.EqualTo("""0 {"Port":{}}"""));
    }

    [Test]
    public void An_update_of_several_megabytes_passes_in_small_pieces()
    {
        using var rig = new ConnectionRig();
        string text = $$"""{"method":"update","params":[0,{"Port":"{{new string('x', 8_000_000)}}"}]}""";
        for (int i = 0; i < text.Length; i += 100_000) rig.Say(text[i..Math.Min(text.Length, i + 100_000)]);
        Assert.That(rig.Updates.Single(), Has.Length.EqualTo(8_000_000 + 13));
    }

    [Test]
    public void A_message_over_the_bound_ends_the_connection()
    {
        using var rig = new ConnectionRig(new OvsdbOptions { MessageBytesMax = 1024 });
        rig.Say($$"""{"method":"update","params":[0,{"Port":"{{new string('x', 1024)}}""");
        Assert.That(rig.Cause, Is.EqualTo(
            new OvsdbCloseCause(OvsdbCloseReason.ProtocolBroken, "A message is longer than 1024 bytes.")));
        Assert.That(rig.Server.IsEnded, Is.True);
    }

    [TestCase("HTTP/1.1 400 Bad Request")]
    [TestCase("{nonsense}")]
    [TestCase("{]")]
    [TestCase("""{"id":null}""")]
    [TestCase("""{"id":"1","result":[]}""")]
    [TestCase("""{"method":7}""")]
    [TestCase("""{"method":"update","params":[0]}""")]
    [TestCase("""{"id":1,"error":7}""")]
    public void Garbage_ends_the_connection_and_every_request(string text)
    {
        using var rig = new ConnectionRig();
        Task<string> answer = rig.Ask("list_dbs");
        rig.Say(text);
        Assert.That(rig.Cause.Reason, Is.EqualTo(OvsdbCloseReason.ProtocolBroken));
        Assert.That(answer.IsFaulted, Is.True);
        Assert.That(rig.Server.IsEnded, Is.True);
    }

    [Test]
    public void Json_nested_without_end_is_garbage_too()
    {
        using var rig = new ConnectionRig();
        rig.Say("{\"a\":" + new string('[', 10_000) + new string(']', 10_000) + "}");
        Assert.That(rig.Cause.Reason, Is.EqualTo(OvsdbCloseReason.ProtocolBroken));
    }

    [Test]
    public void An_answer_that_makes_no_sense_fails_its_request_and_the_connection()
    {
        using var rig = new ConnectionRig();
        Task<string> answer = rig.Ask("x", read: result => JsonReading.Text(result, "the name"));
        rig.Say("""{"id":1}""");
        Assert.That(Failure(answer).Message, Does.Contain("the name: expected a string, found nothing"));
        Assert.That(rig.Cause.Detail, Is.EqualTo("the name: expected a string, found nothing"));
    }

    [Test]
    public void A_handler_that_throws_ends_the_connection()
    {
        using var rig = new ConnectionRig { UpdateArrived = () => throw new InvalidOperationException("Boom.") };
        rig.Say("""{"method":"update","params":[0,{}]}""");
        Assert.That(rig.Cause.ToString(), Is.EqualTo("HandlerFailed: InvalidOperationException: Boom."));
    }

    [Test]
    public void The_end_of_the_stream_is_told_by_where_it_is()
    {
        using var between = new ConnectionRig();
        between.Server.Say("""{"method":"locked"} """);
        between.Server.Leave();
        between.Settle(isServerListening: false);
        Assert.That(between.Cause.Reason, Is.EqualTo(OvsdbCloseReason.ClosedByServer));

        using var within = new ConnectionRig();
        Task<string> answer = within.Ask("list_dbs");
        within.Server.Say(" {\"id\":1");
        within.Server.Leave();
        within.Settle(isServerListening: false);
        Assert.That(within.Cause, Is.EqualTo(
            new OvsdbCloseCause(OvsdbCloseReason.HalfMessage, "The stream ended 7 bytes into a message.")));
        Assert.That(Failure(answer).Failure, Is.EqualTo(OvsdbRequestFailure.NotConnected));
        Assert.That(Failure(answer).Message, Does.Contain("HalfMessage"));
    }

    [Test]
    public void A_transport_that_fails_is_the_cause()
    {
        using var rig = new ConnectionRig();
        rig.Server.Leave(new IOException("Reset."));
        rig.Settle(isServerListening: false);
        Assert.That(rig.Cause.ToString(), Is.EqualTo("TransportFailed: IOException: Reset."));
    }

    [Test]
    public void To_stop_is_a_cause_and_ends_what_waits()
    {
        using var rig = new ConnectionRig();
        Task<string> answer = rig.Ask("list_dbs");
        rig.Stop.Cancel();
        rig.Settle();
        Assert.That(rig.Cause.Reason, Is.EqualTo(OvsdbCloseReason.ClosedByUs));
        Assert.That(Failure(answer).Failure, Is.EqualTo(OvsdbRequestFailure.NotConnected));
        Assert.That(Failure(rig.Ask("list_dbs")).Failure, Is.EqualTo(OvsdbRequestFailure.NotConnected));
        Assert.That(rig.Server.IsEnded, Is.True);
    }

    [Test]
    public void The_first_cause_is_kept()
    {
        using var rig = new ConnectionRig();
        rig.OnLoop(() => rig.Connection.Close(new(OvsdbCloseReason.SessionRefused, "First.")));
        rig.OnLoop(() => rig.Connection.Close(new(OvsdbCloseReason.ClosedByUs, "Second.")));
        Assert.That(rig.Cause.Detail, Is.EqualTo("First."));
    }
}
