using System.Collections.Immutable;
using Lime.OpenFlow.Messages;

namespace Lime.Tests.Reference.Comparison;

/// <summary>A switch that is compared with the reference: what it does is told in the reference's words.</summary>
internal interface ISubject : IDisposable
{
    /// <summary>The ports that it has at its start.</summary>
    ImmutableArray<PortDescription> Ports { get; }

    /// <summary>Lets an input happen and waits for all that follows from it.</summary>
    ImmutableArray<ReferenceOutput> Do(ReferenceInput input);

    /// <summary>What comes of it after all, for a switch that tells some of it a little later.</summary>
    ImmutableArray<ReferenceOutput> Await() => [];
}
