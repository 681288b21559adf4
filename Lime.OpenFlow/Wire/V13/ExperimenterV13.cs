using System.Collections.Immutable;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.OpenFlow.Wire.V13;

/// <summary>Experimenters' messages (ofp_experimenter_header, OpenFlow 1.3.5 section 7.5.4), among them the
/// bundles of <see cref="BundlesV13"/>.</summary>
/// <remarks><code>
///  8  experimenter:32
/// 12  exp_type:32
/// 16  any bytes
/// </code>
/// The type is kept as the first four of the bytes, since 1.0 has none.</remarks>
internal static class ExperimenterV13
{
    private const int TypeAt = 12;
    private const int TypeBytes = 4;

    public static int SizeOf(ExperimenterMessage message)
    {
        int bytes = message.Bytes.AsSpan().Length;
        return bytes >= TypeBytes
            ? WireLimits.FrameBytes((long)TypeAt + bytes)
            : throw LimitsV13.Unsupported("ExperimenterMessage.Bytes");
    }

    public static void Write(ref WireWriter writer, ExperimenterMessage message)
    {
        writer.WriteUInt32(message.Experimenter);
        writer.WriteBytes(message.Bytes.AsSpan());
    }

    public static OpenFlowMessage Read(ref WireReader reader, Xid xid)
    {
        uint experimenter = reader.ReadUInt32("ofp_experimenter_header.experimenter");
        WireReader ahead = reader;
        ahead.Skip(TypeBytes, "ofp_experimenter_header.exp_type");
        bool isBundle = experimenter == BundleErrorCodes.Experimenter;
        if (isBundle && BundlesV13.TryRead(ref reader, xid) is { } bundle) return bundle;
        return new ExperimenterMessage(experimenter, ImmutableArray.Create(reader.ReadRest()));
    }
}
