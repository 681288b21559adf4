using System.Globalization;

namespace Lime.OpenFlow.Identifiers;

/// <summary>A meter of a switch (OpenFlow 1.3).</summary>
/// <param name="Value">1..<see cref="Max"/>, or one of the reserved numbers.</param>
public readonly record struct MeterId(uint Value)
{
    /// <summary>The highest number a meter can have (OFPM_MAX).</summary>
    public static readonly MeterId Max = new(0xffff0000);

    /// <summary>The meter of packets that take the slow path (OFPM_SLOWPATH).</summary>
    public static readonly MeterId SlowPath = new(0xfffffffd);

    /// <summary>The meter of packets that go to the controller (OFPM_CONTROLLER).</summary>
    public static readonly MeterId Controller = new(0xfffffffe);

    /// <summary>Every meter, in a delete or a request (OFPM_ALL).</summary>
    public static readonly MeterId All = new(0xffffffff);

    /// <inheritdoc/>
    public override string ToString() => Value switch
    {
        0xfffffffd => "SLOWPATH",
        0xfffffffe => "CONTROLLER",
        0xffffffff => "ALL",
        _ => Value.ToString(CultureInfo.InvariantCulture),
    };
}
