using System.Collections.Immutable;
using System.Text;
using Lime.Apps.Sample.Json;
using Lime.Apps.Sample.Operator;
using Lime.Core.Migration;
using NUnit.Framework;

namespace Lime.Tests.Sample;

/// <remarks>Goal: a plan file says what it should, and every fault of it is named with its place. Method: texts in,
/// plan or faults out.</remarks>
internal sealed class EnsembleRequestTests
{
    private const string Good = """
        {
          "switches": [{"switch": "web", "target": "b1"}, {"switch": "db", "target": "b2",
            "targetPorts": [{"virtual": 9, "physical": 10}]}],
          "hosts": [{"name": "h1", "at": "web:3", "targetPort": 5, "mac": "02:00:00:00:00:01"},
            {"name": "h2", "at": "db:4", "targetPort": 6}],
          "mover": "http://127.0.0.1:9000/move", "order": "computed", "hostIntervalMs": 250,
          "traffic": [{"a": "h1", "b": "h2", "rate": 2.5}], "evidence": "settle", "deadlineSeconds": 60
        }
        """;

    [Test]
    public void A_good_file_gives_its_plan()
    {
        (EnsemblePlan? plan, ImmutableArray<JsonFault> faults) = Read(Good);
        Assert.That(faults, Is.Empty);
        Assert.That(plan!.Switches.Select(each => $"{each.Switch} {each.Target}"),
            Is.EqualTo((string[])["web 00000000000000b1", "db 00000000000000b2"]));
        Assert.That(plan.Switches[1].TargetPorts.Single().PhysicalPort.Value, Is.EqualTo(10));
        Assert.That(plan.Hosts.Select(each => $"{each.Name} {each.At} {each.TargetPort} {each.Mac}"),
            Is.EqualTo((string[])["h1 web:3 5 02:00:00:00:00:01", "h2 db:4 6 "]));
        Assert.That((plan.Order, plan.HostInterval, plan.Evidence, plan.Deadline), Is.EqualTo(
            (HostOrder.Computed, TimeSpan.FromMilliseconds(250), Evidence.Settle, TimeSpan.FromSeconds(60))));
        Assert.That(plan.Mover, Is.InstanceOf<CallbackHostMover>());
    }

    [TestCase("\"target\": \"b1\"", "\"target\": \"elsewhere!\"", "$.switches[0].target: expected")]
    [TestCase("\"web:3\"", "\"web\"", "$.hosts[0].at: expected SWITCH:PORT")]
    [TestCase("02:00:00:00:00:01", "nonsense", "$.hosts[0].mac: expected")]
    [TestCase("http://127.0.0.1:9000/move", "file:///x", "$.mover: expected")]
    [TestCase("\"b\": \"h2\"", "\"b\": \"h9\"", "$.traffic[0].b: no host of the plan is named 'h9'.")]
    [TestCase("\"name\": \"h2\"", "\"name\": \"h1\"", "$.traffic[0].b: no host of the plan is named 'h2'.")]
    [TestCase("\"switch\": \"db\"", "\"switch\": \"web\"", "$.switches[1].switch: web is named twice.")]
    [TestCase("\"order\": \"computed\"", "\"order\": \"random\"", "$.order: expected")]
    [TestCase("\"evidence\": \"settle\"", "\"evidense\": \"settle\"", "$.evidense: no such property")]
    [TestCase("\"mover\": \"http://127.0.0.1:9000/move\",", "", "$.mover: missing")]
    [TestCase("\"hostIntervalMs\": 250", "\"hostIntervalMs\": -1", "$.hostIntervalMs: expected")]
    public void A_fault_is_named_with_its_place(string good, string bad, string expected)
    {
        string text = Good.Replace(good, bad, StringComparison.Ordinal);
        (EnsemblePlan? plan, ImmutableArray<JsonFault> faults) = Read(text);
        Assert.That(plan, Is.Null);
        Assert.That(faults.Select(each => each.ToString()), Has.Some.StartsWith(expected));
    }

    private static (EnsemblePlan? Plan, ImmutableArray<JsonFault> Faults) Read(string text) =>
        EnsembleRequestReader.Read(
            Encoding.UTF8.GetBytes(text), [], static _ => new CallbackHostMover((_, _, _) => Task.CompletedTask));
}
