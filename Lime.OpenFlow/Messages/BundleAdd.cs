using System.Collections.Immutable;
using Lime.OpenFlow.Identifiers;

namespace Lime.OpenFlow.Messages;

/// <summary>Adds a message to a bundle (1.3: by the ONF's extension 230).</summary>
/// <param name="Bundle">Which.</param>
/// <param name="Flags">How it is carried out.</param>
/// <param name="Frame">The whole message as on the wire. Its xid is that of this one, which is written there; read,
/// it is 0.</param>
public sealed record BundleAdd(BundleId Bundle, BundleFlags Flags, ImmutableArray<byte> Frame) : OpenFlowMessage
{
    /// <summary>Properties behind the message, kept byte for byte.</summary>
    public ImmutableArray<byte> Properties { get; init; } = [];

    /// <inheritdoc/>
    public override MessageKind Kind => MessageKind.BundleAdd;
}
