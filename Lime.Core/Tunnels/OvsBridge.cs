using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Tunnels;

/// <summary>A bridge in a switch's database.</summary>
/// <param name="Id">Its row.</param>
/// <param name="Name">Its name.</param>
/// <param name="Datapath">Its datapath id; null before the switch process has made it.</param>
internal sealed record OvsBridge(Guid Id, string Name, DatapathId? Datapath);
