using System.Buffers.Binary;
using Lime.Core.Emulation;

namespace Lime.Apps.Sample.TwoSites;

/// <summary>Weighs what is sent over the link between the sites, by the label of the tunnel it is in.</summary>
/// <remarks>Threading: the network's loop.</remarks>
internal sealed class LinkMeter
{
    /// <summary>A service tag, which is taken off again (IEEE 802.1ad).</summary>
    private const int TagBytes = 4;

    private const ushort ServiceTag = 0x88a8;
    private const ushort LabelBits = 0xfff;

    /// <summary>Lime's own frames that try a tunnel (IEEE 802, local experimental 1).</summary>
    private const ushort Probe = 0x88b5;

    private readonly EmulatedLink _link;
    private readonly HashSet<int> _others = [];
    private readonly List<LinkFrame> _frames = [];
    private readonly EmulatedNetwork _network;

    public LinkMeter(EmulatedNetwork network, EmulatedLink link)
    {
        _network = network;
        _link = link;
        network.Tap = Take;
    }

    /// <summary>The frames of the tenant that moves, in order.</summary>
    public IReadOnlyList<LinkFrame> Frames => _frames;

    /// <summary>Frames of others.</summary>
    public long OthersFrames { get; private set; }

    /// <summary>Frames by which Lime has tried tunnels.</summary>
    public int Probes { get; private set; }

    /// <summary>All labels seen so far are others'; what was counted is forgotten.</summary>
    public void Begin(IEnumerable<int> others)
    {
        _others.UnionWith(others);
        _frames.Clear();
        (OthersFrames, Probes) = (0, 0);
    }

    /// <summary>Labels seen.</summary>
    public HashSet<int> Labels { get; } = [];

    private void Take(in FrameEvent happened)
    {
        if (happened.Link != _link || happened.Kind != FrameEventKind.Sent) return;
        ReadOnlySpan<byte> frame = happened.Frame;
        if (BinaryPrimitives.ReadUInt16BigEndian(frame[12..]) != ServiceTag) return;
        int label = BinaryPrimitives.ReadUInt16BigEndian(frame[14..]) & LabelBits;
        Labels.Add(label);
        if (BinaryPrimitives.ReadUInt16BigEndian(frame[16..]) == Probe) Probes++;
        else if (_others.Contains(label)) OthersFrames++;
        else _frames.Add(new LinkFrame(_network.Now, frame.Length - TagBytes));
    }
}
