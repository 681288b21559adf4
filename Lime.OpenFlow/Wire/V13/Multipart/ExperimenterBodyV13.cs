using System.Collections.Immutable;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.OpenFlow.Wire.V13.Multipart;

/// <summary>Experimenters' multipart bodies (ofp_experimenter_multipart_header, OpenFlow 1.3.5 section
/// 7.3.5.15).</summary>
/// <remarks><code>
/// 0  experimenter:32
/// 4  exp_type:32
/// 8  any bytes
/// </code>
/// The type is kept as the first four of the bytes, since 1.0 has none.</remarks>
internal static class ExperimenterBodyV13
{
    private const int TypeAt = 4;
    private const int TypeBytes = 4;

    public static long SizeOf(ImmutableArray<byte> bytes) => bytes.AsSpan().Length >= TypeBytes
        ? (long)TypeAt + bytes.Length
        : throw LimitsV13.Unsupported("ExperimenterMultipart.Bytes");

    public static void Write(ref WireWriter writer, uint experimenter, ImmutableArray<byte> bytes)
    {
        writer.WriteUInt32(experimenter);
        writer.WriteBytes(bytes.AsSpan());
    }

    public static ExperimenterMultipartRequest ReadRequest(ref WireReader reader)
    {
        (uint experimenter, ImmutableArray<byte> bytes) = Read(ref reader);
        return new ExperimenterMultipartRequest(experimenter, bytes);
    }

    public static ExperimenterMultipartReply ReadReply(ref WireReader reader)
    {
        (uint experimenter, ImmutableArray<byte> bytes) = Read(ref reader);
        return new ExperimenterMultipartReply(experimenter, bytes);
    }

    private static (uint Experimenter, ImmutableArray<byte> Bytes) Read(ref WireReader reader)
    {
        uint experimenter = reader.ReadUInt32("ofp_experimenter_multipart_header.experimenter");
        WireReader ahead = reader;
        ahead.Skip(TypeBytes, "ofp_experimenter_multipart_header.exp_type");
        return (experimenter, ImmutableArray.Create(reader.ReadRest()));
    }
}
