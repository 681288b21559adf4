using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;

namespace Lime.Apps.Sample.Apps;

/// <summary>Where an address was seen, with the output to it ready made, so that using it allocates
/// nothing.</summary>
internal readonly record struct LearnedPort(PortNumber Port, ActionList Output);
