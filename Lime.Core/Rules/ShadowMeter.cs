using System.Collections.Immutable;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Core.Rules;

/// <summary>A meter of a virtual switch: the app's, as the app gave it.</summary>
/// <remarks>Life cycle: made by an ADD (or found on a switch), changed in place by a MODIFY. Threading: the owner
/// loop's.</remarks>
internal sealed class ShadowMeter(MeterId id)
{
    public MeterId Id { get; } = id;

    public MeterFlags Flags { get; set; }

    public ImmutableArray<MeterBand> Bands { get; set; } = [];

    /// <summary>Loop time of its ADD, in ticks.</summary>
    public long InstalledTicks { get; set; }

    /// <summary>Loop time of the last command that changed it, in ticks.</summary>
    public long ChangedTicks { get; set; }

    /// <summary>What instances' entries that are gone had counted; null: nothing.</summary>
    public MeterStatistics? Retired { get; set; }

    /// <summary>The command that makes it.</summary>
    public MeterMod ToMeterMod(MeterModCommand command) => new(command, Flags, Id, Bands);
}
