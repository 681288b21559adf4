using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.OpenFlow.Wire.V13;

/// <summary>Bundles, which 1.4 has of its own and 1.3 by the ONF's extension 230.</summary>
/// <remarks><code>
/// both      8  experimenter:32 (0x4f4e4600)
///          12  exp_type:32 (2300: control, 2301: add)
///          16  bundle_id:32
/// control  20  type:16   flags:16
///          24  properties
/// add      20  pad:16    flags:16
///          24  a whole message, of the same version and transaction id
///              properties, if there are any, behind padding to a multiple of 8
/// </code></remarks>
internal static class BundlesV13
{
    private const uint ControlType = 2300;
    private const uint AddType = 2301;
    private const int BodyAt = 24;

    public static int SizeOf(BundleControl message) =>
        WireLimits.FrameBytes((long)BodyAt + message.Properties.AsSpan().Length);

    public static int SizeOf(BundleAdd message)
    {
        ReadOnlySpan<byte> frame = message.Frame.AsSpan();
        bool isWhole = frame.Length >= FrameHeader.SizeBytes && FrameHeader.Read(frame).LengthBytes == frame.Length;
        if (!isWhole) throw new ArgumentException("The bytes of BundleAdd.Frame are not one whole message.");
        if (FrameHeader.Read(frame).Version != (byte)OpenFlowVersion.V13)
            throw LimitsV13.Unsupported("BundleAdd.Frame");
        int propertyBytes = message.Properties.AsSpan().Length;
        int padding = propertyBytes == 0 ? 0 : PaddingBehind(frame.Length);
        return WireLimits.FrameBytes((long)BodyAt + frame.Length + padding + propertyBytes);
    }

    public static void Write(ref WireWriter writer, BundleControl message)
    {
        writer.WriteUInt32(BundleErrorCodes.Experimenter);
        writer.WriteUInt32(ControlType);
        writer.WriteUInt32(message.Bundle.Value);
        writer.WriteUInt16((ushort)message.Type);
        writer.WriteUInt16((ushort)message.Flags);
        writer.WriteBytes(message.Properties.AsSpan());
    }

    public static void Write(ref WireWriter writer, BundleAdd message)
    {
        WriteAddHeader(ref writer, message.Bundle, message.Flags);
        writer.WriteBytes(message.Frame.AsSpan());
        if (message.Properties.AsSpan().IsEmpty) return;
        writer.WriteZeros(PaddingBehind(message.Frame.Length));
        writer.WriteBytes(message.Properties.AsSpan());
    }

    /// <summary>The size of an add whose message has <paramref name="frameBytes"/>, without properties.</summary>
    public static int SizeOfBundled(int frameBytes) => WireLimits.FrameBytes((long)BodyAt + frameBytes);

    /// <summary>What is before the message that is added.</summary>
    public static void WriteAddHeader(ref WireWriter writer, BundleId bundle, BundleFlags flags)
    {
        writer.WriteUInt32(BundleErrorCodes.Experimenter);
        writer.WriteUInt32(AddType);
        writer.WriteUInt32(bundle.Value);
        writer.WriteZeros(2);
        writer.WriteUInt16((ushort)flags);
    }

    /// <summary>Gives the message within a written add the transaction id of the add, as it has to be.</summary>
    public static void SetInnerXid(Span<byte> frame, Xid xid) =>
        BinaryPrimitives.WriteUInt32BigEndian(frame[(BodyAt + 4)..], xid.Value);

    /// <summary>Reads a bundle's message, if that is what an experimenter's message of the ONF is.</summary>
    /// <param name="reader">Behind the experimenter's number; not moved if it is another message.</param>
    /// <param name="xid">The message's transaction id.</param>
    public static OpenFlowMessage? TryRead(ref WireReader reader, Xid xid)
    {
        WireReader ahead = reader;
        uint type = ahead.ReadUInt32("onf_experimenter_header.exp_type");
        if (type is not (ControlType or AddType)) return null;
        reader = ahead;
        var bundle = new BundleId(reader.ReadUInt32("onf_bundle.bundle_id"));
        ushort control = reader.ReadUInt16("onf_bundle_ctrl_msg.type");
        var flags = (BundleFlags)reader.ReadUInt16("onf_bundle.flags");
        if (type == ControlType)
        {
            ImmutableArray<byte> properties = ImmutableArray.Create(reader.ReadRest());
            return new BundleControl(bundle, (BundleControlType)control, flags) { Properties = properties };
        }
        ImmutableArray<byte> frame = ReadFrame(ref reader, xid);
        return new BundleAdd(bundle, flags, frame) { Properties = ReadProperties(ref reader, frame.Length) };
    }

    private static ImmutableArray<byte> ReadFrame(ref WireReader reader, Xid xid)
    {
        int offset = reader.Offset;
        WireReader ahead = reader;
        ReadOnlySpan<byte> rest = ahead.ReadRest();
        if (rest.Length < FrameHeader.SizeBytes) throw BadLength(offset, rest.Length);
        FrameHeader header = FrameHeader.Read(rest);
        bool fits = header.LengthBytes >= FrameHeader.SizeBytes && header.LengthBytes <= rest.Length;
        if (!fits) throw BadLength(offset, header.LengthBytes);
        if (header.Version != (byte)OpenFlowVersion.V13)
            throw new OpenFlowProtocolException(ErrorType.BadRequest, ErrorCodes.BadVersion,
                $"The message to add at byte {offset} is of wire version {header.Version}.");
        if (header.Xid != xid)
            throw Fault(BundleErrorCodes.MessageBadXid,
                $"The message to add at byte {offset} has transaction id {header.Xid} in one with {xid}.");
        byte[] frame = reader.ReadBytes(header.LengthBytes, "onf_bundle_add_msg.message").ToArray();
        (header with { Xid = default }).Write(frame);
        return ImmutableCollectionsMarshal.AsImmutableArray(frame);
    }

    private static ImmutableArray<byte> ReadProperties(ref WireReader reader, int frameBytes)
    {
        if (reader.RemainingBytes == 0) return [];
        reader.Skip(PaddingBehind(frameBytes), "onf_bundle_add_msg.pad");
        return ImmutableArray.Create(reader.ReadRest());
    }

    private static int PaddingBehind(int bytes) => MatchV13.Padded(bytes) - bytes;

    private static OpenFlowProtocolException BadLength(int offset, int length) => Fault(
        BundleErrorCodes.MessageBadLength,
        $"The message to add at byte {offset} has a length of {length}, which does not fit.");

    private static OpenFlowProtocolException Fault(ushort code, string message) =>
        new(ErrorType.Experimenter, code, message) { Experimenter = BundleErrorCodes.Experimenter };
}
