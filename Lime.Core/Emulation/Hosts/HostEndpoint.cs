using Lime.Core.Emulation.Links;
using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Emulation.Hosts;

/// <summary>A host's network card. Threading: the loop's.</summary>
internal sealed class HostEndpoint(string name, Action<byte[]> receive) : IFrameEndpoint
{
    /// <summary>A host's one port.</summary>
    public static readonly PortNumber Port = new(1);

    private LinkDirection? _egress;

    public string Name { get; } = name;

    public long Sent { get; private set; }

    public long Received { get; private set; }

    public bool IsPluggedIn => _egress is not null;

    public void Attach(PortNumber port, LinkDirection? egress) => _egress = egress;

    public void LinkChanged(PortNumber port, bool isUp)
    {
        // A host sends into a link that is down all the same; the link counts the drop.
    }

    public void Receive(PortNumber port, byte[] frame)
    {
        Received++;
        receive(frame);
    }

    /// <summary>Sends a frame, which nobody writes to any more; without a link it is gone.</summary>
    public void Send(byte[] frame)
    {
        Sent++;
        _egress?.Send(frame);
    }
}
