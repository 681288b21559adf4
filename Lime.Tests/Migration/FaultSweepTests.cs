using System.Globalization;
using Lime.Core.Migration;
using Lime.OpenFlow;
using NUnit.Framework;

namespace Lime.Tests.Migration;

/// <remarks>Goal: whatever goes wrong between any two control messages of a migration, it ends in the old or the new
/// state, hosts stay connected by the surviving instance, nothing is orphaned, and the same migration can be done again
/// (H-18, H-22, H-27, H-68). Method: one run without a fault counts the messages; then a run for each message and each
/// fault, just before and just after it. A sample by default; LIME_FAULTS=all does all, LIME_FAULTS=N every Nth, and
/// LIME_FAULT_FILTER only those with that text in their name.</remarks>
[TestFixture(OpenFlowVersion.V10, MigrationMethod.Clone)]
[TestFixture(OpenFlowVersion.V13, MigrationMethod.Clone)]
[TestFixture(OpenFlowVersion.V10, MigrationMethod.FreezeAndCopy)]
[TestFixture(OpenFlowVersion.V13, MigrationMethod.FreezeAndCopy)]
public sealed class FaultSweepTests(OpenFlowVersion version, MigrationMethod method)
{
    /// <summary>One of so many is enough for everyday use: it moves on by a step that is prime to the number of
    /// faults.</summary>
    private const int EveryDay = 97;

    private static readonly string[] Switches = ["s1", "s2", "s3", "s4"];
    private static readonly string[] NoSwitch = [""];
    private static readonly bool[] Sides = [false, true];

    [Test]
    public void Without_a_fault_all_is_well()
    {
        using var run = new SweepRun(version, method);
        run.Run(null);
        Assert.That(run.End.Phase, Is.EqualTo(MigrationPhase.Completed), run.What);
    }

    [Test]
    public void Nothing_that_goes_wrong_between_two_messages_leaves_it_half_done()
    {
        IReadOnlyList<TappedMessage> messages = Messages();
        var failures = new List<string>();
        int runs = 0;
        int completed = 0;
        foreach (SweepFault fault in Sample([.. All(messages)]))
        {
            runs++;
            try
            {
                using var isolated = new NUnit.Framework.Internal.TestExecutionContext.IsolatedContext();
                using var run = new SweepRun(version, method);
                run.Run(fault);
                if (run.End.Phase == MigrationPhase.Completed) completed++;
            }
            catch (Exception exception)
            {
                failures.Add($"{fault}: {exception.Message}");
            }
        }
        TestContext.Out.WriteLine(
            $"{messages.Count} messages, {runs} runs, {completed} completed, {failures.Count} failed.");
        Assert.That(failures, Is.Empty);
    }

    private IReadOnlyList<TappedMessage> Messages()
    {
        using var run = new SweepRun(version, method);
        run.Run(null);
        return run.Messages;
    }

    /// <summary>After a message only where it is the switch's own: else it is the same as before the next one. Only a
    /// rule can be refused.</summary>
    private static IEnumerable<SweepFault> All(IReadOnlyList<TappedMessage> messages) =>
        from kind in Enum.GetValues<SweepFaultKind>()
        from name in kind is SweepFaultKind.Abort or SweepFaultKind.Deadline ? NoSwitch : Switches
        from message in messages
        from isAfter in Sides
        let isOwn = message.Switch == name
        where kind == SweepFaultKind.Refused ? isOwn && !isAfter && message.IsCommand : isOwn || !isAfter
        select new SweepFault(kind, name, message.Index, isAfter);

    private static IEnumerable<SweepFault> Sample(SweepFault[] all)
    {
        string? asked = Environment.GetEnvironmentVariable("LIME_FAULTS");
        string filter = Environment.GetEnvironmentVariable("LIME_FAULT_FILTER") ?? "";
        int step = asked switch
        {
            null or "" => EveryDay,
            "all" => 1,
            _ => int.Parse(asked, CultureInfo.InvariantCulture),
        };
        return all.Where(each => each.ToString().Contains(filter, StringComparison.Ordinal))
            .Where((_, index) => index % step == 0);
    }
}
