using System.Collections.Immutable;
using System.Text;
using Lime.OpenFlow;
using Lime.OpenFlow.Identifiers;

namespace Lime.Tests.Reference.Comparison;

/// <summary>Runs one generated sequence on the reference and on another switch, and tells where they part.</summary>
internal sealed class Comparer(OpenFlowVersion version, ReferenceOptions options)
{
    private const int TraceLength = 12;

    /// <summary>Buckets that do the same differ in their counters only, which show later: so many states may be the
    /// subject's.</summary>
    private const int StatesMax = 1024;

    /// <summary>How often a subject is asked whether more has come, before that is a difference.</summary>
    private const int TurnsMax = 300;

    private Transcript Words => new(version, Generator.TellsTimes);

    /// <summary>Changes what the subject did, to see that the comparison notices.</summary>
    public Func<ReferenceOutput, ReferenceOutput?>? Perturbation { get; init; }

    /// <summary>What of a difference is known and explained, for a subject that is not ours.</summary>
    public Func<ReferenceInput, ReferenceStep, ImmutableArray<ReferenceOutput>, ImmutableArray<ReferenceOutput>>?
        Excuse { get; init; }

    /// <summary>What a subject that is not ours does instead of a step of the reference, known and explained.</summary>
    public Func<ReferenceState, ReferenceInput, ReferenceStep, IEnumerable<ReferenceStep>> Instead { get; init; } =
        static (_, _, step) => [step];

    /// <summary>What is generated.</summary>
    public GeneratorOptions Generator { get; init; } = new();

    /// <returns>The seed, the last inputs and the lines that differ; null if none does.</returns>
    public string? Run(ISubject subject, int seed, int inputCount)
    {
        var start = ReferenceState.Create(version, subject.Ports, options);
        ImmutableArray<ReferenceState> states = [start];
        var generator = new SequenceGenerator(version, seed, subject.Ports, Generator);
        Queue<ReferenceInput> trace = new();
        foreach (ReferenceInput input in generator.Inputs(() => states[0], inputCount))
        {
            if (trace.Count == TraceLength) trace.Dequeue();
            trace.Enqueue(input);
            ImmutableArray<ReferenceOutput> seen = subject.Do(input);
            if (Perturbation is { } perturbation) seen = [.. seen.Select(perturbation).OfType<ReferenceOutput>()];
            ReferenceStep[] allowed = [.. states.SelectMany(
                state => Alternatives(state, input).SelectMany(step => Instead(state, input, step)))];
            ReferenceStep[] fitting = Fitting();
            for (int i = 0; i < TurnsMax && fitting.Length == 0; i++)
            {
                if (subject.Await() is not { Length: > 0 } late) continue;
                seen = [.. seen, .. late];
                fitting = Fitting();
            }
            if (fitting.Length == 0) return Report(seed, trace, Differences(input, allowed[0], seen));
            states = [.. fitting.Select(step => step.State).Take(StatesMax)];

            ReferenceStep[] Fitting() => [.. allowed.Where(step => Differences(input, step, seen).Length == 0)];
        }
        return null;
    }

    /// <summary>The steps that the specification allows: a select group chooses a bucket as it likes, and any of
    /// several faults may be told.</summary>
    private IEnumerable<ReferenceStep> Alternatives(ReferenceState state, ReferenceInput input)
    {
        int choiceCount = 1;
        for (int choice = 0; choice < choiceCount; choice++)
        {
            int number = choice;
            ReferenceState choosing = state with
            {
                Options = options with
                {
                    ChooseBucket = (_, _, live) =>
                    {
                        choiceCount = Math.Max(choiceCount, live.Length);
                        return live[number % live.Length];
                    },
                },
            };
            ReferenceStep step = ReferenceSwitch.Step(choosing, input);
            yield return step;
            foreach (Fault fault in step.OtherFaults)
            {
                Xid? xid = ((MessageOutput)step.Outputs[0]).Xid;
                yield return ReferenceStep.Refuse(state, xid!.Value, fault);
            }
        }
    }

    private string[] Differences(ReferenceInput input, ReferenceStep step, ImmutableArray<ReferenceOutput> seen)
    {
        ImmutableArray<ReferenceOutput> excused = Excuse?.Invoke(input, step, seen) ?? seen;
        string[] expected = [.. Words.Lines(step.Outputs)];
        string[] actual = [.. Words.Lines(excused)];
        if (expected.SequenceEqual(actual)) return [];
        string[] lines =
        [
            .. Without(expected, actual).Select(line => $"  reference only: {line}"),
            .. Without(actual, expected).Select(line => $"  subject only:   {line}"),
        ];
        return lines.Length > 0 ? lines : ["  the order differs", .. actual.Select(line => $"    {line}")];
    }

    /// <summary>What is left of the first lines when each of the second has taken one away.</summary>
    private static List<string> Without(IEnumerable<string> lines, IEnumerable<string> others)
    {
        List<string> left = [.. lines];
        foreach (string other in others) left.Remove(other);
        return left;
    }

    private string Report(int seed, IEnumerable<ReferenceInput> trace, IEnumerable<string> differences)
    {
        var text = new StringBuilder();
        text.AppendLine($"{version}, seed {seed}: the reference and the subject part at the last of these inputs:");
        foreach (ReferenceInput input in trace) text.AppendLine($"  {Describe(input)}");
        foreach (string line in differences) text.AppendLine(line);
        return text.ToString();
    }

    private static string Describe(ReferenceInput input) => input switch
    {
        FrameInput frame => $"frame at {frame.Port}: {Convert.ToHexStringLower(frame.Bytes.AsSpan())}",
        PacketOutInput packetOut => $"packet-out from {packetOut.InPort} [{packetOut.Actions}] "
            + Convert.ToHexStringLower(packetOut.Bytes.AsSpan()),
        FlowModInput { Mod: var mod } => $"{mod.Command} table {mod.Table} priority {mod.Priority} [{mod.Match}] "
            + $"actions [{mod.Actions}] {mod.Instructions} cookie {mod.Cookie}/{mod.CookieMask} {mod.Flags} "
            + $"idle {mod.IdleTimeoutSeconds} hard {mod.HardTimeoutSeconds} out {mod.OutPort} {mod.OutGroup}",
        _ => input.ToString(),
    };
}
