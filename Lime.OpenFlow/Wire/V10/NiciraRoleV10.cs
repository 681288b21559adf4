using System.Buffers.Binary;
using Lime.OpenFlow.Messages;

namespace Lime.OpenFlow.Wire.V10;

/// <summary>Roles in OpenFlow 1.0, which has none of its own: the extension that Nicira made for Open vSwitch
/// (NXT_ROLE_REQUEST, NXT_ROLE_REPLY).</summary>
/// <remarks><code>
///  8  vendor:32 (0x00002320)
/// 12  subtype:32 (10: request, 11: reply)
/// 16  role:32 (0: other, 1: master, 2: slave)
/// </code>
/// There is no generation id: a request reads as one with 0, a reply as one that knows of none. A role that isn't one
/// of the three leaves the message a vendor's, kept byte for byte.</remarks>
internal static class NiciraRoleV10
{
    /// <summary>The vendor's number.</summary>
    public const uint Vendor = 0x00002320;

    /// <summary>What a switch says that has seen no generation id yet (OpenFlow 1.3.5 section 7.3.9).</summary>
    public const ulong NoGeneration = ulong.MaxValue;

    private const uint RequestSubtype = 10;
    private const uint ReplySubtype = 11;
    private const int SizeBytes = 20;
    private const int RoleAt = 16;

    /// <summary>The neutral roles by the extension's numbers.</summary>
    private static ReadOnlySpan<ControllerRole> Roles =>
        [ControllerRole.Equal, ControllerRole.Master, ControllerRole.Slave];

    public static int SizeOf(RoleRequest message)
    {
        Check(message.Role, "RoleRequest.Role");
        return message.GenerationId == 0 ? SizeBytes : throw LimitsV10.Unsupported("RoleRequest.GenerationId");
    }

    public static int SizeOf(RoleReply message)
    {
        Check(message.Role, "RoleReply.Role");
        return message.GenerationId == NoGeneration
            ? SizeBytes
            : throw LimitsV10.Unsupported("RoleReply.GenerationId");
    }

    public static void Write(ref WireWriter writer, RoleRequest message) =>
        Write(ref writer, RequestSubtype, message.Role);

    public static void Write(ref WireWriter writer, RoleReply message) =>
        Write(ref writer, ReplySubtype, message.Role);

    /// <summary>Reads a role message, if that is what a vendor's message is.</summary>
    /// <param name="bytes">What follows the vendor's number.</param>
    /// <returns>Null: another message, or a role that the model doesn't know.</returns>
    /// <exception cref="OpenFlowProtocolException">A role message of another length.</exception>
    public static OpenFlowMessage? TryRead(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 4) return null;
        uint subtype = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        if (subtype is not (RequestSubtype or ReplySubtype)) return null;
        if (bytes.Length != SizeBytes - 12)
            throw WireReader.BadLength($"nx_role_request has {bytes.Length + 12} bytes; it has to have {SizeBytes}.");
        uint number = BinaryPrimitives.ReadUInt32BigEndian(bytes[(RoleAt - 12)..]);
        if (number >= Roles.Length) return null;
        ControllerRole role = Roles[(int)number];
        return subtype == RequestSubtype ? new RoleRequest(role, 0) : new RoleReply(role, NoGeneration);
    }

    private static void Check(ControllerRole role, string field)
    {
        if (!Roles.Contains(role)) throw LimitsV10.Unsupported(field);
    }

    private static void Write(ref WireWriter writer, uint subtype, ControllerRole role)
    {
        writer.WriteUInt32(Vendor);
        writer.WriteUInt32(subtype);
        writer.WriteUInt32((uint)Roles.IndexOf(role));
    }
}
