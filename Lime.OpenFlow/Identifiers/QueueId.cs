using System.Globalization;

namespace Lime.OpenFlow.Identifiers;

/// <summary>A queue of a port.</summary>
/// <param name="Value">The number configured at the switch.</param>
public readonly record struct QueueId(uint Value)
{
    /// <summary>Every queue (OFPQ_ALL).</summary>
    public static readonly QueueId All = new(0xffffffff);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
