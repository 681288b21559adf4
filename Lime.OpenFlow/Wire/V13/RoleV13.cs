using Lime.OpenFlow.Messages;

namespace Lime.OpenFlow.Wire.V13;

/// <summary>Roles, asked for and told (ofp_role_request, OpenFlow 1.3.5 section 7.3.9).</summary>
/// <remarks><code>
///  8  role:32   pad:32
/// 16  generation_id:64
/// </code>
/// A role that 1.3 does not define is passed on in a reply, and refused in a request.</remarks>
internal static class RoleV13
{
    private const int SizeBytes = 24;

    public static int SizeOf(RoleRequest message) => message.Role <= ControllerRole.Slave
        ? SizeBytes
        : throw LimitsV13.Unsupported("RoleRequest.Role");

    public static int SizeOf(RoleReply message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return SizeBytes;
    }

    public static void Write(ref WireWriter writer, ControllerRole role, ulong generationId)
    {
        writer.WriteUInt32((uint)role);
        writer.WriteZeros(4);
        writer.WriteUInt64(generationId);
    }

    public static RoleRequest ReadRequest(ref WireReader reader)
    {
        (ControllerRole role, ulong generationId) = Read(ref reader);
        return role <= ControllerRole.Slave
            ? new RoleRequest(role, generationId)
            : throw new OpenFlowProtocolException(ErrorType.RoleRequestFailed, ErrorCodes.RoleBadRole,
                $"ofp_role_request.role at byte 8 is {(uint)role}, which is not defined.");
    }

    public static RoleReply ReadReply(ref WireReader reader)
    {
        (ControllerRole role, ulong generationId) = Read(ref reader);
        return new RoleReply(role, generationId);
    }

    private static (ControllerRole Role, ulong GenerationId) Read(ref WireReader reader)
    {
        var role = (ControllerRole)reader.ReadUInt32("ofp_role_request.role");
        reader.Skip(4, "ofp_role_request.pad");
        return (role, reader.ReadUInt64("ofp_role_request.generation_id"));
    }
}
