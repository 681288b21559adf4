using System.Collections.Immutable;
using System.Globalization;
using Lime.OpenFlow.Identifiers;

namespace Lime.OpenFlow.Actions;

/// <summary>What a rule does beside its apply-actions: the other instructions of OpenFlow 1.1 and later (1.3.5
/// section 5.9).</summary>
/// <remarks>Threading: immutable. They are carried out in the order of the properties, apply-actions behind
/// <see cref="Meter"/>.</remarks>
public sealed class FlowInstructions : IEquatable<FlowInstructions>
{
    /// <summary>Nothing but the apply-actions.</summary>
    public static FlowInstructions None { get; } = new();

    /// <summary>The meter that packets pass first (OFPIT_METER), or null.</summary>
    public MeterId? Meter { get; init; }

    /// <summary>Whether the action set is emptied (OFPIT_CLEAR_ACTIONS).</summary>
    public bool ClearsActions { get; init; }

    /// <summary>What is merged into the action set (OFPIT_WRITE_ACTIONS); null: no such instruction.</summary>
    public ActionList? WriteActions { get; init; }

    /// <summary>The metadata bits to set; nothing outside <see cref="MetadataMask"/> counts
    /// (OFPIT_WRITE_METADATA).</summary>
    public ulong Metadata { get; init; }

    /// <summary>Which metadata bits are set; 0: no such instruction.</summary>
    public ulong MetadataMask { get; init; }

    /// <summary>The table to go on with (OFPIT_GOTO_TABLE); null: the action set is carried out.</summary>
    public TableId? GoToTable { get; init; }

    /// <summary>Instructions that this library doesn't know, each as on the wire, header included; a multiple of 8
    /// bytes each.</summary>
    public ImmutableArray<ImmutableArray<byte>> Opaque { get; init; } = [];

    /// <summary>Whether there is nothing but the apply-actions.</summary>
    public bool IsNone => Equals(None);

    /// <summary>The same with other write-actions.</summary>
    public FlowInstructions WithWriteActions(ActionList? actions) => new()
    {
        Meter = Meter,
        ClearsActions = ClearsActions,
        WriteActions = actions,
        Metadata = Metadata,
        MetadataMask = MetadataMask,
        GoToTable = GoToTable,
        Opaque = Opaque,
    };

    /// <inheritdoc/>
    public bool Equals(FlowInstructions? other) => ReferenceEquals(this, other)
        || (other is not null && Meter == other.Meter && ClearsActions == other.ClearsActions
            && Equals(WriteActions, other.WriteActions) && Metadata == other.Metadata
            && MetadataMask == other.MetadataMask && GoToTable == other.GoToTable
            && Opaque.Length == other.Opaque.Length
            && Opaque.Zip(other.Opaque).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second.AsSpan())));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as FlowInstructions);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        HashCode.Combine(Meter, ClearsActions, WriteActions, Metadata, MetadataMask, GoToTable, Opaque.Length);

    /// <summary>The instructions as <c>ovs-ofctl</c> writes them, for logs.</summary>
    public override string ToString()
    {
        List<string> parts = [];
        if (Meter is { } meter) parts.Add($"meter:{meter}");
        if (ClearsActions) parts.Add("clear_actions");
        if (WriteActions is not null) parts.Add($"write_actions({WriteActions})");
        if (MetadataMask != 0) parts.Add($"write_metadata:0x{Metadata:x}/0x{MetadataMask:x}");
        if (GoToTable is { } table) parts.Add(string.Create(CultureInfo.InvariantCulture, $"goto_table:{table}"));
        foreach (ImmutableArray<byte> bytes in Opaque) parts.Add($"opaque:{Convert.ToHexStringLower(bytes.AsSpan())}");
        return string.Join(',', parts);
    }
}
