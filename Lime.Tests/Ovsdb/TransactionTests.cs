using System.Collections.Immutable;
using Lime.Core.Ovsdb;
using NUnit.Framework;

namespace Lime.Tests.Ovsdb;

/// <remarks>Goal: what became of a transaction is known, and who undid it (RFC 7047 section 4.1.3).</remarks>
public class TransactionTests
{
    private const string Id = "36bef046-7da7-43a5-905a-c17899216fcb";

    private static readonly OvsdbTransaction Transaction = new(
        "Db",
        [
            new OvsdbOperation.Insert("T", OvsdbRow.Of(("a", OvsdbValue.Of("x"))), "row"),
            new OvsdbOperation.Update("T", [], OvsdbRow.Empty),
            new OvsdbOperation.Select("T", [], ["a"]),
        ]);

    private static Task<ImmutableArray<OvsdbOperationResult>> Transact(ClientRig rig, string result)
    {
        rig.Start().Greet();
        Task<ImmutableArray<OvsdbOperationResult>> answer = rig.OnLoop(() => rig.Client.TransactAsync(Transaction));
        rig.Server.Answer("transact", result);
        rig.Settle();
        return answer;
    }

    [Test]
    public void A_transaction_is_said_in_order_and_its_results_read()
    {
        using var rig = new ClientRig();
        var results = Transact(
            rig, $$"""[{"uuid":["uuid","{{Id}}"]},{"count":3},{"rows":[{"a":"x"},{"a":"y"}]}]""").Done();
        Assert.That(rig.Server.Last.GetRawText(), Is.EqualTo(
            """{"id":3,"method":"transact","params":["Db","""
            + """{"op":"insert","table":"T","row":{"a":"x"},"uuid-name":"row"},"""
            + """{"op":"update","table":"T","where":[],"row":{}},"""
            + """{"op":"select","table":"T","where":[],"columns":["a"]}]}"""));
        Assert.That(results[0].Id, Is.EqualTo(Guid.Parse(Id)));
        Assert.That(results[1].Count, Is.EqualTo(3));
        Assert.That(string.Join(' ', results[2].Rows.Select(row => row["a"])), Is.EqualTo("x y"));
    }

    [TestCase(
        """[{},{"error":"constraint violation","details":"why"},null]""",
        "operation 1 (update of T): constraint violation (why)")]
    [TestCase("""[{},{},{},{"error":"aborted"}]""", "the commit: aborted")]
    [TestCase("""[{"error":"syntax error"}]""", "operation 0 (insert into T): syntax error")]
    public void The_operation_that_undid_it_is_named(string result, string place)
    {
        using var rig = new ClientRig();
        Task answer = Transact(rig, result);
        var failure = (OvsdbRequestException)answer.Exception!.InnerException!;
        Assert.That(failure.Failure, Is.EqualTo(OvsdbRequestFailure.Refused));
        Assert.That(failure.Message, Is.EqualTo($"A transaction on Db was refused: {place}"));
        Assert.That(rig.Client.IsReady, Is.True);
    }

    [TestCase("[]")]
    [TestCase("[{},{}]")]
    [TestCase("[{},{},null]")]
    [TestCase("""[{"uuid":7},{"count":"x"},{}]""")]
    [TestCase("""[{},{},{"rows":{}}]""")]
    [TestCase("7")]
    public void An_answer_to_another_question_breaks_the_protocol(string result)
    {
        using var rig = new ClientRig();
        Task answer = Transact(rig, result);
        Assert.That(answer.IsFaulted, Is.True);
        Assert.That(rig.Client.LastClose!.Reason, Is.EqualTo(OvsdbCloseReason.ProtocolBroken));
    }
}
