using System.Collections.Immutable;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.Tests.Reference;

/// <summary>A state and what left the switch on the way to it, in order.</summary>
internal sealed record ReferenceStep(ReferenceState State, ImmutableArray<ReferenceOutput> Outputs)
{
    /// <summary>Whether the specification leaves open what happens: two rules of one rank match a packet (1.0.0 section
    /// 3.4, 1.3.5 section 5.3), and one of them was taken.</summary>
    public bool IsOpen { get; init; }

    /// <summary>What the errors are that the switch may have told instead: no order of checks is laid down (1.3.5 section
    /// 6.4 names the faults only).</summary>
    public ImmutableArray<Fault> OtherFaults { get; init; } = [];

    public static ReferenceStep To(ReferenceState state, params ImmutableArray<ReferenceOutput> outputs) =>
        new(state, outputs);

    public static ReferenceStep Reply(ReferenceState state, Xid xid, OpenFlowMessage message) =>
        new(state, [new MessageOutput(xid, message)]);

    /// <summary>Nothing changes, and the controller hears why.</summary>
    public static ReferenceStep Refuse(ReferenceState state, Xid xid, Fault fault) =>
        Reply(state, xid, new ErrorMessage(fault.Type, fault.Code, []));

    /// <summary>The same, for one of several reasons.</summary>
    public static ReferenceStep RefuseForAny(ReferenceState state, Xid xid, ImmutableArray<Fault> faults) =>
        Refuse(state, xid, faults[0]) with { OtherFaults = faults[1..] };

    public ReferenceStep Then(Func<ReferenceState, ReferenceStep> next)
    {
        ReferenceStep step = next(State);
        return step with { Outputs = Outputs.AddRange(step.Outputs), IsOpen = IsOpen || step.IsOpen };
    }
}

/// <summary>Type and code of an error.</summary>
internal sealed record Fault(ErrorType Type, ushort Code);
