using System.Collections.Immutable;
using Lime.OpenFlow.Messages;
using Lime.Tests.Reference;

namespace Lime.Tests.Checking;

/// <summary>One entry of the serial order: a command of the app, or a rule that runs out of time.</summary>
/// <param name="Number">From 1; the entry turns state <c>Number - 1</c> into state <c>Number</c>.</param>
/// <param name="Command">The command; null: an expiry.</param>
/// <param name="EventIndex">Where it was sent, or claimed, in the trace.</param>
internal sealed record OrderEntry(int Number, CommandSent? Command, int EventIndex)
{
    /// <summary>What the reference switch puts out when it carries the entry out.</summary>
    public ImmutableArray<ReferenceOutput> Outputs { get; init; } = [];

    /// <summary>What a packet-out gives the switch; null for other entries.</summary>
    public PacketOutInput? PacketOut { get; init; }

    /// <summary>Counters that a packet-out through the table moved, by lineage.</summary>
    public ImmutableArray<Hit> Hits { get; init; } = [];

    /// <summary>Whether it need not be refused: a MODIFY for which there is no rule is no error and changes nothing
    /// (1.3.5 section 6.4), whether or not a switch looks at what it would do.</summary>
    public bool MayBeSilent { get; init; }

    /// <summary>A position in the order: packets and requests lie at odd ones, between the entries.</summary>
    public int Position => 2 * Number;

    public IEnumerable<FlowRemoved> Removals => Outputs.OfType<MessageOutput>()
        .Select(each => each.Message).OfType<FlowRemoved>();

    public ErrorMessage? Error => Outputs.OfType<MessageOutput>()
        .Select(each => each.Message).OfType<ErrorMessage>().FirstOrDefault();

    public override string ToString() => Command?.Text ?? $"expiry, entry {Number}";
}

/// <summary>A rule counted a packet.</summary>
/// <param name="Lineage">Which counters: a rule's from the moment at which they were zero.</param>
/// <param name="Bytes">The packet's length.</param>
internal readonly record struct Hit(ulong Lineage, int Bytes);
