using System.Globalization;

namespace Lime.OpenFlow.Identifiers;

/// <summary>Names a packet that a switch holds until the controller has decided.</summary>
/// <param name="Value">The switch's number for it.</param>
public readonly record struct BufferId(uint Value)
{
    /// <summary>The whole packet is in the message; nothing is held (0xffffffff).</summary>
    public static readonly BufferId None = new(0xffffffff);

    /// <inheritdoc/>
    public override string ToString() => Value == uint.MaxValue ? "none" : Value.ToString(CultureInfo.InvariantCulture);
}
