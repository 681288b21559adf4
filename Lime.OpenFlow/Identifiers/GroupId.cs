using System.Globalization;

namespace Lime.OpenFlow.Identifiers;

/// <summary>A group of a switch (OpenFlow 1.1 and later).</summary>
/// <param name="Value">0..<see cref="Max"/>, or one of the reserved numbers.</param>
public readonly record struct GroupId(uint Value)
{
    /// <summary>The highest number a group can have (OFPG_MAX).</summary>
    public static readonly GroupId Max = new(0xffffff00);

    /// <summary>Every group, in a delete or a request (OFPG_ALL).</summary>
    public static readonly GroupId All = new(0xfffffffc);

    /// <summary>No group, or any where a group filters (OFPG_ANY).</summary>
    public static readonly GroupId Any = new(0xffffffff);

    /// <inheritdoc/>
    public override string ToString() => Value switch
    {
        0xfffffffc => "ALL",
        0xffffffff => "ANY",
        _ => Value.ToString(CultureInfo.InvariantCulture),
    };
}
