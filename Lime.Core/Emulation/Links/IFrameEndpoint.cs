using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Emulation.Links;

/// <summary>What a link can end at: a switch or a host.</summary>
internal interface IFrameEndpoint
{
    string Name { get; }

    /// <summary>Takes a frame that arrived. Frames are shared between links: nobody writes into one that
    /// was sent.</summary>
    void Receive(PortNumber port, byte[] frame);

    /// <summary>A link was plugged in, with the way out; or pulled out (null).</summary>
    void Attach(PortNumber port, LinkDirection? egress);

    /// <summary>The link at the port has gone up or down.</summary>
    void LinkChanged(PortNumber port, bool isUp);
}
