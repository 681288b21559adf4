using System.Runtime.InteropServices;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.OpenFlow.Wire.V13.Multipart;

/// <summary>The ports, which 1.0 tells in its features (OpenFlow 1.3.5 section 7.3.5.7).</summary>
internal static class PortDescriptionsV13
{
    public static long SizeOf(PortDescriptionReply reply)
    {
        ReadOnlySpan<PortDescription> ports = reply.Ports.AsSpan();
        foreach (PortDescription port in ports) PortDescriptionV13.Check(port);
        return (long)ports.Length * PortDescriptionV13.SizeBytes;
    }

    public static void Write(ref WireWriter writer, PortDescriptionReply reply)
    {
        foreach (PortDescription port in reply.Ports.AsSpan()) PortDescriptionV13.Write(ref writer, port);
    }

    public static PortDescriptionReply Read(ref WireReader reader)
    {
        int count = reader.CountEntries(PortDescriptionV13.SizeBytes, "ofp_port");
        var ports = new PortDescription[count];
        for (int i = 0; i < count; i++) ports[i] = PortDescriptionV13.Read(ref reader);
        return new PortDescriptionReply(ImmutableCollectionsMarshal.AsImmutableArray(ports));
    }
}
