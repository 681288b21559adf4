using Lime.Core.Ovsdb;
using NUnit.Framework;

namespace Lime.Tests.Ovsdb;

public class ClientTests
{
    private const string Id = "36bef046-7da7-43a5-905a-c17899216fcb";

    /// <summary>A full copy with one row.</summary>
    private const string Row = "{\"T\":{\"" + Id + "\":{\"new\":{\"a\":\"x\",\"b\":1}}}}";

    private static readonly OvsdbOptions Options = new()
    {
        DelayMin = TimeSpan.FromSeconds(1), DelayMax = TimeSpan.FromSeconds(8), EchoInterval = TimeSpan.FromHours(1),
    };

    private static double[] Waits(ClientRig rig) =>
        [.. rig.Attempts.Zip(rig.Attempts.Skip(1), (before, after) => (after - before).TotalSeconds)];

    /// <summary>A notification of what has become of the row.</summary>
    private static string Update(string row) =>
        "{\"method\":\"update\",\"params\":[0,{\"T\":{\"" + Id + "\":" + row + "}}]}";

    /// <summary>A notification that the same has become of many rows.</summary>
    private static string Update(IEnumerable<Guid> ids, string row) =>
        "{\"method\":\"update\",\"params\":[0,{\"T\":{"
        + string.Join(',', ids.Select(id => $"\"{id}\":{row}")) + "}}]}";

    private static Exception Failure(Task task)
    {
        Assert.That(task.IsFaulted, Is.True, "It has not failed.");
        return task.Exception!.InnerException!;
    }

    [Test]
    public void A_session_asks_for_the_schema_then_watches_and_is_ready()
    {
        using ClientRig rig = new ClientRig().Start();
        Assert.That(rig.Server.HeardText, Is.EqualTo("""{"id":1,"method":"get_schema","params":["Db"]}"""));
        rig.Server.Answer("get_schema", ClientRig.Schema);
        rig.Settle();
        Assert.That(
            rig.Server.Last.GetRawText(),
            Is.EqualTo("""{"id":2,"method":"monitor","params":["Db",0,{"T":{"columns":["a","b"]}}]}"""));
        Assert.That(rig.Client.IsReady, Is.False);
        rig.Server.Answer("monitor", Row);
        rig.Settle();
        Assert.That((rig.Client.IsReady, rig.Replica.IsCurrent), Is.EqualTo((true, true)));
        Assert.That(rig.Replica.Rows("T")[Guid.Parse(Id)]["a"].AsText(), Is.EqualTo("x"));
    }

    [Test]
    public void An_update_right_behind_the_first_copy_is_not_lost()
    {
        using ClientRig rig = new ClientRig().Start();
        rig.Server.Answer("get_schema", ClientRig.Schema);
        rig.Settle();
        rig.Server.Answer("monitor", Row);
        rig.Server.Say(Update("""{"old":{"b":1},"new":{"a":"x","b":2}}"""));
        rig.Settle();
        Assert.That(rig.Replica.Rows("T")[Guid.Parse(Id)]["b"].AsInteger(), Is.EqualTo(2));
    }

    [Test]
    public void After_a_lost_connection_the_replica_is_stale_then_filled_anew()
    {
        using ClientRig rig = new ClientRig(Options).Start();
        rig.Greet(Row);
        rig.Server.Leave();
        rig.Settle();
        Assert.That((rig.Client.IsReady, rig.Replica.IsCurrent), Is.EqualTo((false, false)));
        Assert.That(rig.Client.LastClose!.Reason, Is.EqualTo(OvsdbCloseReason.ClosedByServer));
        Assert.That(rig.Replica.Rows("T"), Has.Count.EqualTo(1), "What it last was.");
        rig.Pass(Options.DelayMin);
        Assert.That(rig.Servers, Has.Count.EqualTo(2));
        rig.Greet("""{}""");
        Assert.That(rig.Replica.Rows("T"), Is.Empty);
        Assert.That(rig.Replica.IsCurrent, Is.True);
    }

    [Test]
    public void A_request_in_flight_fails_with_its_connection_and_says_so()
    {
        using ClientRig rig = new ClientRig().Start();
        rig.Greet();
        Task answer = rig.OnLoop(() => rig.Client.ListDatabasesAsync());
        rig.Server.Leave();
        rig.Settle();
        Assert.That(Failure(answer), Is.TypeOf<OvsdbRequestException>().With.Message.EqualTo(
            "list_dbs: the connection ended (ClosedByServer: The server ended the connection.)."));
        Assert.That(Failure(rig.OnLoop(() => rig.Client.ListDatabasesAsync())).Message, Is.EqualTo(
            "list_dbs: not connected to tcp:db (ClosedByServer: The server ended the connection.)."));
    }

    [Test]
    public void Waits_double_up_to_the_bound_each_with_a_random_part()
    {
        using var rig = new ClientRig(Options) { IsAccepted = _ => false };
        rig.Start();
        rig.Pass(TimeSpan.FromMinutes(2));
        double[] due = [1, 2, 4, 8, 8, 8, 8, 8];
        for (int i = 0; i < due.Length; i++) Assert.That(Waits(rig)[i], Is.InRange(due[i] / 2, due[i]), $"wait {i}");
        Assert.That(rig.Client.LastClose!.ToString(), Does.StartWith("NotReached: SocketException: "));
    }

    [Test]
    public void After_a_session_that_was_ready_the_waits_begin_anew()
    {
        using var rig = new ClientRig(Options) { IsAccepted = attempt => attempt == 5 };
        rig.Start();
        while (rig.Servers.Count == 0) rig.Pass(TimeSpan.FromSeconds(0.1));
        rig.Greet();
        rig.Server.Leave();
        rig.Pass(TimeSpan.FromMinutes(1));
        Assert.That(Waits(rig)[4], Is.InRange(0.4, 1.1));
        Assert.That(Waits(rig)[5], Is.InRange(1, 2));
    }

    [Test]
    public void An_attempt_that_hangs_is_given_up_in_its_time()
    {
        using var rig = new ClientRig(Options) { IsAccepted = _ => null };
        rig.Start();
        rig.Pass(Options.ConnectTimeout);
        Assert.That(rig.Client.LastClose!.ToString(), Is.EqualTo("NotReached: No connection within 00:00:05."));
        rig.Pass(Options.DelayMin);
        Assert.That(rig.Attempts, Has.Count.EqualTo(2));
    }

    [Test]
    public void A_server_that_never_answers_the_first_question_is_left()
    {
        using ClientRig rig = new ClientRig(Options).Start();
        rig.Pass(Options.RequestTimeout + TimeSpan.FromTicks(1));
        Assert.That(rig.Client.LastClose!.ToString(), Is.EqualTo(
            "SessionRefused: get_schema was not answered within 00:00:10."));
        Assert.That(rig.Server.IsEnded, Is.True);
        rig.Pass(Options.DelayMin);
        Assert.That(rig.Servers, Has.Count.EqualTo(2));
    }

    [TestCase("""{"name":"Db","version":"1.2.3","tables":{}}""", "Database Db (schema 1.2.3) has no table T.")]
    [TestCase(
        """{"name":"Db","version":"1.2.3","tables":{"T":{"columns":{"a":{}}}}}""",
        "Database Db (schema 1.2.3) has no column b in table T.")]
    public void A_database_without_what_is_to_be_watched_is_named(string schema, string detail)
    {
        using ClientRig rig = new ClientRig(Options).Start();
        rig.Server.Answer("get_schema", schema);
        rig.Settle();
        Assert.That(rig.Client.LastClose!.ToString(), Is.EqualTo($"SessionRefused: {detail}"));
    }

    [Test]
    public void A_database_that_is_not_there_is_said_in_the_servers_words()
    {
        using ClientRig rig = new ClientRig(Options).Start();
        rig.Server.Refuse("get_schema", """{"error":"unknown database","details":"no Db"}""");
        rig.Settle();
        Assert.That(rig.Client.LastClose!.ToString(), Is.EqualTo(
            "SessionRefused: get_schema was refused: unknown database (no Db)"));
    }

    [TestCase("""{"name":"Db","version":"1"}""", "a schema: expected a member 'tables'")]
    [TestCase("""{"name":"Db","version":"1","tables":{"T":{}}}""", "table T: expected a member 'columns'")]
    [TestCase("[]", "a schema: expected a member 'tables'")]
    public void A_schema_that_is_none_breaks_the_protocol(string schema, string detail)
    {
        using ClientRig rig = new ClientRig(Options).Start();
        rig.Server.Answer("get_schema", schema);
        rig.Settle();
        Assert.That(rig.Client.LastClose!.ToString(), Does.StartWith($"ProtocolBroken: {detail}"));
    }

    [TestCase("""[7,{"T":{}}]""", "An update is for monitor 7, which does not exist.")]
    [TestCase("""[0,{"U":{}}]""", "An update is of table U, which is not watched.")]
    [TestCase("""[0,{"T":{"x":{"new":{}}}}]""", "An update of T is of row 'x', which is no UUID.")]
    [TestCase("""[0,{"T":{"ROW":{}}}]""", "T ROW: expected a row update, found {}")]
    [TestCase("""[0,{"T":{"ROW":{"old":{"a":"x"}}}}]""", "T ROW is deleted, but was never there.")]
    [TestCase("""[0,{"T":{"ROW":{"new":{"a":null}}}}]""", "T ROW.a: expected a value, found null")]
    public void An_update_that_fits_nothing_ends_the_connection_and_begins_anew(string parameters, string detail)
    {
        using ClientRig rig = new ClientRig(Options).Start();
        rig.Greet();
        rig.Say($"{{\"method\":\"update\",\"params\":{parameters.Replace("ROW", Id, StringComparison.Ordinal)}}}");
        Assert.That(rig.Client.LastClose, Is.EqualTo(new OvsdbCloseCause(
            OvsdbCloseReason.ProtocolBroken, detail.Replace("ROW", Id, StringComparison.Ordinal))));
        rig.Pass(Options.DelayMin);
        rig.Greet();
    }

    [Test]
    public void A_hundred_thousand_rows_arrive_and_leave()
    {
        using ClientRig rig = new ClientRig(Options).Start();
        Guid[] ids = [.. Enumerable.Range(1, 100_000).Select(i => new Guid(i, 0, 0, new byte[8]))];
        rig.Greet();
        SayInPieces(rig, Update(ids, """{"new":{"a":"row","b":7}}"""));
        Assert.That(rig.Replica.Rows("T"), Has.Count.EqualTo(100_000));
        SayInPieces(rig, Update(ids, """{"old":{"a":"row","b":7}}"""));
        Assert.That(rig.Replica.Rows("T"), Is.Empty);
        Assert.That(rig.Client.IsReady, Is.True);
    }

    [Test]
    public void Databases_are_listed_and_schemas_read()
    {
        using ClientRig rig = new ClientRig().Start();
        rig.Greet();
        var databases = rig.OnLoop(() => rig.Client.ListDatabasesAsync());
        rig.Server.Answer("list_dbs", """["Db","_Server"]""");
        rig.Settle();
        Assert.That(string.Join(' ', databases.Done()), Is.EqualTo("Db _Server"));
        Task<OvsdbSchema> schema = rig.OnLoop(() => rig.Client.GetSchemaAsync("Db"));
        rig.Server.Answer("get_schema", ClientRig.Schema);
        rig.Settle();
        Assert.That((schema.Done().Name, schema.Done().Version), Is.EqualTo(("Db", "1.2.3")));
        Assert.That(string.Join(' ', schema.Done().Tables["T"].Order()), Is.EqualTo("a b"));
    }

    [Test]
    public void Who_waits_is_woken_by_a_change_a_lost_connection_or_the_time()
    {
        using ClientRig rig = new ClientRig(Options).Start();
        rig.Greet();
        bool HasRows() => rig.Replica.Rows("T").Count > 0;
        Task<bool> inTime = rig.OnLoop(() => rig.Client.Waits.UntilAsync(HasRows, TimeSpan.FromSeconds(3)));
        Task<bool> lost =
            rig.OnLoop(() => rig.Client.Waits.UntilAsync(() => !rig.Client.IsReady, TimeSpan.FromHours(1)));
        Task<bool> tooLate = rig.OnLoop(() => rig.Client.Waits.UntilAsync(HasRows, TimeSpan.FromSeconds(1)));
        rig.Pass(TimeSpan.FromSeconds(2));
        Assert.That((inTime.IsCompleted, tooLate.Done()), Is.EqualTo((false, false)));
        rig.Say(Update("""{"new":{"a":"x","b":1}}"""));
        Assert.That(inTime.Done(), Is.True);
        Assert.That(lost.IsCompleted, Is.False);
        rig.Server.Leave();
        rig.Settle();
        Assert.That(lost.Done(), Is.True);
    }

    [Test]
    public void To_stop_ends_a_session_and_a_wait_between_attempts()
    {
        ClientRig ready = new ClientRig(Options).Start();
        ready.Greet();
        ready.Dispose();
        Assert.That(ready.Client.LastClose!.Reason, Is.EqualTo(OvsdbCloseReason.ClosedByUs));
        Assert.That(ready.Client.IsReady, Is.False);

        var waiting = new ClientRig(Options) { IsAccepted = _ => false };
        waiting.Start().Dispose();
        Assert.That(waiting.Attempts, Has.Count.EqualTo(1));

        var hanging = new ClientRig(Options) { IsAccepted = _ => null };
        hanging.Start().Dispose();
        Assert.That(hanging.Client.LastClose!.Reason, Is.EqualTo(OvsdbCloseReason.ClosedByUs));
    }

    private static void SayInPieces(ClientRig rig, string text)
    {
        for (int i = 0; i < text.Length; i += 100_000) rig.Say(text[i..Math.Min(text.Length, i + 100_000)]);
    }
}
