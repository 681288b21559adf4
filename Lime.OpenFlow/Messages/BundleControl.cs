using System.Collections.Immutable;
using Lime.OpenFlow.Identifiers;

namespace Lime.OpenFlow.Messages;

/// <summary>Opens, closes, commits or drops a bundle, and the answers (1.3: by the ONF's extension 230).</summary>
/// <param name="Bundle">Which.</param>
/// <param name="Type">What about it.</param>
/// <param name="Flags">How it is carried out; the same in all messages of a bundle.</param>
public sealed record BundleControl(BundleId Bundle, BundleControlType Type, BundleFlags Flags) : OpenFlowMessage
{
    /// <summary>Properties, kept byte for byte.</summary>
    public ImmutableArray<byte> Properties { get; init; } = [];

    /// <inheritdoc/>
    public override MessageKind Kind => MessageKind.BundleControl;
}
