using System.Collections.Immutable;
using Lime.OpenFlow.Messages;

namespace Lime.OpenFlow.Wire.V10;

/// <summary>Vendors' messages (ofp_vendor_header, OpenFlow 1.0.0 section 5.5.4), among them the roles of
/// <see cref="NiciraRoleV10"/>.</summary>
/// <remarks><code>
///  8  vendor:32
/// 12  any bytes
/// </code></remarks>
internal static class ExperimenterV10
{
    private const int BytesAt = 12;

    public static int SizeOf(ExperimenterMessage message) =>
        WireLimits.FrameBytes((long)BytesAt + message.Bytes.AsSpan().Length);

    public static void Write(ref WireWriter writer, ExperimenterMessage message)
    {
        writer.WriteUInt32(message.Experimenter);
        writer.WriteBytes(message.Bytes.AsSpan());
    }

    public static OpenFlowMessage Read(ref WireReader reader)
    {
        uint vendor = reader.ReadUInt32("ofp_vendor_header.vendor");
        ReadOnlySpan<byte> bytes = reader.ReadRest();
        OpenFlowMessage? role = vendor == NiciraRoleV10.Vendor ? NiciraRoleV10.TryRead(bytes) : null;
        return role ?? new ExperimenterMessage(vendor, ImmutableArray.Create(bytes));
    }
}
