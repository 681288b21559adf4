using System.Globalization;

namespace Lime.OpenFlow.Identifiers;

/// <summary>A bundle of messages that take effect together or not at all (1.4, and 1.3 by the ONF's
/// extension).</summary>
/// <param name="Value">The controller's number for it, of its connection alone.</param>
public readonly record struct BundleId(uint Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
