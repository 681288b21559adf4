using Lime.Core.Emulation.Links;

namespace Lime.Core.Emulation;

/// <summary>A cable between two switches, or a switch and a host.</summary>
/// <remarks>Life cycle: made by <see cref="EmulatedNetwork"/>; up until it is set down or pulled out.
/// Threading: that of the network.</remarks>
public sealed class EmulatedLink
{
    private readonly IFrameEndpoint _nodeA;
    private readonly IFrameEndpoint _nodeB;
    private readonly LinkDirection _forward;
    private readonly LinkDirection _backward;

    internal EmulatedLink(
        EmulationContext context,
        LinkOptions options,
        (IFrameEndpoint Node, LinkEnd End) a,
        (IFrameEndpoint Node, LinkEnd End) b)
    {
        Options = options;
        EndA = a.End;
        EndB = b.End;
        Name = options.Name ?? $"{EndA}-{EndB}";
        _nodeA = a.Node;
        _nodeB = b.Node;
        _forward = new LinkDirection(context, this, EndA, b.Node, EndB);
        _backward = new LinkDirection(context, this, EndB, a.Node, EndA);
    }

    /// <summary>The link's name, unique in its network.</summary>
    public string Name { get; }

    /// <summary>Delay, loss, bandwidth.</summary>
    public LinkOptions Options { get; }

    /// <summary>The first end.</summary>
    public LinkEnd EndA { get; }

    /// <summary>The second end.</summary>
    public LinkEnd EndB { get; }

    /// <summary>Whether it carries frames.</summary>
    public bool IsUp { get; private set; }

    /// <summary>Frames from the first end to the second.</summary>
    public LinkCounters Forward => _forward.Counters;

    /// <summary>Frames from the second end to the first.</summary>
    public LinkCounters Backward => _backward.Counters;

    /// <summary>The link's name.</summary>
    public override string ToString() => Name;

    internal void PlugIn()
    {
        IsUp = true;
        _nodeA.Attach(EndA.Port, _forward);
        _nodeB.Attach(EndB.Port, _backward);
    }

    internal void SetUp(bool isUp)
    {
        if (IsUp == isUp) return;
        IsUp = isUp;
        if (!isUp) ClearFrames();
        _nodeA.LinkChanged(EndA.Port, isUp);
        _nodeB.LinkChanged(EndB.Port, isUp);
    }

    internal void PullOut()
    {
        IsUp = false;
        ClearFrames();
        _nodeA.Attach(EndA.Port, null);
        _nodeB.Attach(EndB.Port, null);
    }

    private void ClearFrames()
    {
        _forward.Clear();
        _backward.Clear();
    }
}
