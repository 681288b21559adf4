using System.Globalization;

namespace Lime.OpenFlow.Identifiers;

/// <summary>A flow table of a switch.</summary>
/// <param name="Value">0..254; 255 means all tables where a table filters.</param>
public readonly record struct TableId(byte Value)
{
    /// <summary>Every table (OFPTT_ALL).</summary>
    public static readonly TableId All = new(255);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
