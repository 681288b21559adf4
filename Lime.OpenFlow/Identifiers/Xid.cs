using System.Globalization;

namespace Lime.OpenFlow.Identifiers;

/// <summary>A transaction id: pairs an answer or an error with the message that caused it.</summary>
/// <param name="Value">The 32 bits of the header; 0 is used for what nobody asked for.</param>
public readonly record struct Xid(uint Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString("x8", CultureInfo.InvariantCulture);
}
