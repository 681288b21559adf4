using Lime.Core.Networks;
using Lime.Core.Ovsdb;
using Lime.Core.Tunnels;

namespace Lime.Core.Switches.Tunnelling;

/// <summary>One switch's database, and what the network description says of tunnels to that switch.</summary>
/// <param name="Description">What is said of it.</param>
/// <param name="Client">Its connection.</param>
/// <param name="Tables">What is known of its content.</param>
/// <param name="Tunnels">Makes tunnel ports by it.</param>
internal sealed record OvsSite(
    SwitchDatabaseDescription Description, OvsdbClient Client, OvsTables Tables, OvsTunnels Tunnels);
