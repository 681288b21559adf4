using Lime.Core.Emulation.Links;
using Lime.OpenFlow.Identifiers;

namespace Lime.Tests.Exploration;

/// <summary>Takes what a switch sends out of a port into a queue.</summary>
internal sealed class GateEndpoint(string name, FrameQueue into) : IFrameEndpoint
{
    public string Name => name;

    public void Receive(PortNumber port, byte[] frame) => into.Send(frame);

    public void Attach(PortNumber port, LinkDirection? egress)
    {
        // Nothing is ever sent back on this cable: the other way has a queue of its own.
    }

    public void LinkChanged(PortNumber port, bool isUp)
    {
        // Cables of explored worlds don't fail.
    }
}
