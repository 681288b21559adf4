using System.Collections.Immutable;
using Lime.OpenFlow.Identifiers;

namespace Lime.OpenFlow.Messages;

/// <summary>Changes a meter (ofp_meter_mod, 1.3.5 section 7.3.4.4).</summary>
/// <param name="Command">What to do.</param>
/// <param name="Flags">How the rates are measured.</param>
/// <param name="Meter">Which meter; <see cref="MeterId.All"/>, in a delete: every one.</param>
/// <param name="Bands">The new bands; none in a delete.</param>
public sealed record MeterMod(
    MeterModCommand Command,
    MeterFlags Flags,
    MeterId Meter,
    ImmutableArray<MeterBand> Bands) : OpenFlowMessage
{
    /// <inheritdoc/>
    public override MessageKind Kind => MessageKind.MeterMod;
}
