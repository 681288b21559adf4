using Lime.OpenFlow.Matching;

namespace Lime.Core.Emulation.Tables;

/// <summary>What a table sees of a packet.</summary>
/// <param name="Fields">The fields of 1.0.</param>
/// <param name="Further">The others, where some rule looks at them.</param>
internal readonly record struct PacketLook(PacketFields Fields, FurtherFields? Further);
