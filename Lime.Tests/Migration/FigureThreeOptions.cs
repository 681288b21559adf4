using Lime.Core.Apps;
using Lime.Core.Emulation;
using Lime.Core.Hosting;

namespace Lime.Tests.Migration;

/// <summary>How a Figure 3 network is built for a test.</summary>
internal sealed record FigureThreeOptions
{
    public int Seed { get; init; } = 1;

    /// <summary>Rules on s3 besides the two of the path.</summary>
    public int OtherRules { get; init; } = 20;

    public double JitterFraction { get; init; } = 0.2;

    /// <summary>Of s3 and s4; the others are fast.</summary>
    public EmulatedSwitchOptions Moved { get; init; } = new() { FlowModsPerSecond = 16_000 };

    /// <summary>Of s4, where it differs.</summary>
    public EmulatedSwitchOptions? Target { get; init; }

    /// <summary>What the network description says of s3's and s4's links.</summary>
    public (int? Source, int? Target) Mtu { get; init; }
    /// <summary>Of s1 and s2.</summary>
    public EmulatedSwitchOptions? Neighbours { get; init; }

    public LimeOptions Lime { get; init; } = new() { CopyBatchRules = 8 };

    /// <summary>Behind the recording app.</summary>
    public IControllerApp[] MoreApps { get; init; } = [];

    /// <summary>Comes between the controller and each control channel.</summary>
    public ControlTap? Tap { get; init; }
}
