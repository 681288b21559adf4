using System.Collections.Immutable;

namespace Lime.OpenFlow.Messages;

/// <summary>Opens a connection; the header's version byte is the highest the sender speaks.</summary>
/// <param name="Version">The header's version byte.</param>
/// <param name="Elements">What follows the header, kept as it is (1.3.1 and later: the version
/// bitmap).</param>
public sealed record HelloMessage(byte Version, ImmutableArray<byte> Elements) : OpenFlowMessage
{
    /// <inheritdoc/>
    public override MessageKind Kind => MessageKind.Hello;
}
