using System.Collections.Immutable;
using Lime.OpenFlow.Messages;

namespace Lime.Tests.Reference.Comparison;

/// <summary>Where another switch may or does part from the reference; each is explained in
/// docs/reference-switch.md.</summary>
internal static class KnownDifferences
{
    /// <summary>D1: the emulated switch tells of a port that a port-mod has changed, which is left open.</summary>
    public static ImmutableArray<ReferenceOutput> OfEmulated(
        ReferenceInput input, ReferenceStep step, ImmutableArray<ReferenceOutput> seen) =>
        input is CommandInput { Message: PortMod }
            ? [.. seen.Where(output => output is not MessageOutput { Message: PortStatus })]
            : seen;
}
