using System.Collections.Immutable;
using Lime.OpenFlow;
using Lime.OpenFlow.Messages;

namespace Lime.Tests.Exploration;

/// <summary>What happens while s3 is cloned to s4, apart from its order, which is explored.</summary>
internal sealed record Scenario(string Name, OpenFlowVersion Version)
{
    /// <summary>The rules of s3 before the migration, in virtual ports.</summary>
    public ImmutableArray<FlowMod> Rules { get; init; } = [];

    /// <summary>What the app does, in this order, each at any moment.</summary>
    public ImmutableArray<Action<ExploredWorld>> Script { get; init; } = [];

    /// <summary>Packets that the hosts exchange, the first one from h1 at any moment, each of the others as an answer
    /// to the one before.</summary>
    public uint Packets { get; init; } = 2;

    /// <summary>What the app does with a packet that comes up.</summary>
    public PacketInReaction? React { get; init; }

    /// <summary>Whether the operator aborts the migration, at any moment.</summary>
    public bool IsAborted { get; init; }

    /// <summary>Whether control messages of s3 and s4 arrive one by one, rather than as one flush wrote them.</summary>
    public bool IsFine { get; init; }

    /// <summary>Whether a packet must not pass between a change and the barrier right behind it, which one flush
    /// brings: what it met there cannot be told.</summary>
    public bool NeedsWholeFlushes { get; init; }

    /// <summary>Whether control messages of s1 and s2 take their time too.</summary>
    public bool GatesNeighbours { get; init; }

    /// <summary>Whether time goes by, for what Lime waits for, also while messages are on their way.</summary>
    public bool IsHurried { get; init; }

    /// <summary>Whether the script, the talk and the abort begin only when both instances carry traffic, and before
    /// time goes by: a smaller scope.</summary>
    public bool IsBrief { get; init; }

    /// <summary>What Lime does not do yet and what the scenario needs; null: nothing.</summary>
    public string? WaitsFor { get; init; }

    /// <summary>What a run of this scenario has to be like besides being one of a single switch; null: all is
    /// well.</summary>
    public Func<ExploredWorld, string?> FindFault { get; init; } = _ => null;
}
