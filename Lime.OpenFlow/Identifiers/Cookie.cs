using System.Globalization;

namespace Lime.OpenFlow.Identifiers;

/// <summary>An opaque mark that a controller puts on a rule.</summary>
/// <param name="Value">All 64 bits belong to the app; Lime keeps them as they are.</param>
public readonly record struct Cookie(ulong Value)
{
    /// <inheritdoc/>
    public override string ToString() => $"0x{Value.ToString("x", CultureInfo.InvariantCulture)}";
}
