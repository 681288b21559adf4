using System.Collections.Immutable;
using Lime.OpenFlow.Messages;

namespace Lime.OpenFlow.Wire.V13;

/// <summary>Errors (ofp_error_msg, OpenFlow 1.3.5 section 7.4.4).</summary>
/// <remarks><code>
///  8  type:16   code:16
/// 12  data (of type 0xffff: experimenter:32 first; its code is the experimenter's)
/// </code>
/// The neutral types and codes have these numbers; those that 1.3 does not define are passed on.</remarks>
internal static class ErrorV13
{
    private const int DataAt = 12;

    public static int SizeOf(ErrorMessage message) =>
        WireLimits.FrameBytes((long)DataAt + message.Bytes.AsSpan().Length);

    public static void Write(ref WireWriter writer, ErrorMessage message)
    {
        writer.WriteUInt16((ushort)message.Type);
        writer.WriteUInt16(message.Code);
        writer.WriteBytes(message.Bytes.AsSpan());
    }

    public static ErrorMessage Read(ref WireReader reader)
    {
        var type = (ErrorType)reader.ReadUInt16("ofp_error_msg.type");
        ushort code = reader.ReadUInt16("ofp_error_msg.code");
        return new ErrorMessage(type, code, ImmutableArray.Create(reader.ReadRest()));
    }
}
