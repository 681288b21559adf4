using System.Collections.Immutable;

namespace Lime.Core.Switches;

/// <summary>What a migration is about, once its plan is found to hold.</summary>
/// <param name="Moved">The virtual switch that moves.</param>
/// <param name="Source">The instance it moves from.</param>
/// <param name="Target">The physical switch it moves to.</param>
/// <param name="Attachments">Its attachments, in the order in which they move.</param>
internal sealed record MigrationScope(
    VirtualSwitch Moved,
    Instance Source,
    PhysicalSwitch Target,
    ImmutableArray<AttachmentMove> Attachments);
