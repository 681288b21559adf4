using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Apps;

/// <summary>What became of a command given to a virtual switch.</summary>
/// <param name="Outcome">Whether it was taken; a full outbox or a lost connection takes nothing; after a
/// full one <see cref="IControllerApp.OnDrained"/> tells when to try again.</param>
/// <param name="Xid">The transaction id under which an error would be reported
/// (<see cref="IControllerApp.OnError"/>).</param>
public readonly record struct SendResult(SendOutcome Outcome, Xid Xid);
