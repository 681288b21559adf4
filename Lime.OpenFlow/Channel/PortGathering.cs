using System.Collections.Immutable;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.OpenFlow.Channel;

/// <summary>A switch's ports, gathered from the parts of its answer to our port description
/// request.</summary>
/// <remarks>From OpenFlow 1.3 on the features reply has no ports (1.3.5 section 7.3.1). Bound:
/// <see cref="PortsMax"/>. Threading: the owner loop only.</remarks>
internal sealed class PortGathering(FeaturesReply features, Xid xid)
{
    /// <summary>More than any chassis has; as many ports as 4 MiB of an answer hold.</summary>
    public const int PortsMax = 65_536;

    private readonly ImmutableArray<PortDescription>.Builder _ports =
        ImmutableArray.CreateBuilder<PortDescription>();

    /// <summary>The request's id, which every part of the answer has.</summary>
    public Xid Xid => xid;

    /// <summary>The features with the ports gathered so far.</summary>
    public FeaturesReply Features => features with { Ports = _ports.ToImmutable() };

    /// <summary>Whether the answer went over the bound.</summary>
    public bool IsOverdone => _ports.Count > PortsMax;

    /// <summary>Takes a part.</summary>
    /// <returns>Whether it was the last one.</returns>
    public bool Take(PortDescriptionReply part)
    {
        _ports.AddRange(part.Ports);
        return !part.HasMore;
    }
}
