using System.Buffers.Binary;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;

namespace Lime.OpenFlow.Wire.V13;

/// <summary>The match fields of a packet-in, which tell where a packet came from rather than select any; so they need
/// nothing before them.</summary>
internal static class PacketFieldsV13
{
    /// <summary>The size of an in_port field.</summary>
    public const int InPortBytes = OxmFieldsV13.HeaderBytes + sizeof(uint);

    private const uint InPortHeader = 0x8000_0004;

    /// <summary>Checks every field and finds the ingress port, wherever it is.</summary>
    /// <exception cref="OpenFlowProtocolException">BAD_MATCH: BAD_LEN, BAD_VALUE, BAD_MASK, BAD_WILDCARDS,
    /// DUP_FIELD.</exception>
    public static uint? FindInPort(WireReader fields)
    {
        ulong seen = 0;
        uint? inPort = null;
        while (fields.HasMore())
        {
            int offset = fields.Offset;
            ReadOnlySpan<byte> tlv = OxmFieldsV13.Take(ref fields);
            if (OxmFieldsV13.IdOf(tlv) is not { } id)
            {
                if (!OxmFieldsV13.IsWellFormedUnknown(tlv))
                    throw OxmFieldsV13.BadMatch(ErrorCodes.MatchBadLength, offset, $"has {tlv.Length} bytes");
                continue;
            }
            if (OxmFieldsV13.FaultOf(tlv, id) is { } fault)
                throw OxmFieldsV13.BadMatch(fault, offset, OxmFieldsV13.Describe(fault, id, tlv));
            ulong bit = 1ul << (int)id;
            if ((seen & bit) != 0)
                throw OxmFieldsV13.BadMatch(
                    ErrorCodes.MatchDuplicateField, offset, $"({OxmFieldsV13.NameOf(id)}) occurs twice");
            seen |= bit;
            if (id != OxmId.InPort) continue;
            if (OxmFieldsV13.HasMask(tlv))
                throw OxmFieldsV13.BadMatch(ErrorCodes.MatchBadMask, offset,
                    OxmFieldsV13.Describe(ErrorCodes.MatchBadMask, id, tlv));
            inPort = BinaryPrimitives.ReadUInt32BigEndian(tlv[OxmFieldsV13.HeaderBytes..]);
        }
        return inPort;
    }

    public static void WriteInPort(ref WireWriter writer, PortNumber inPort)
    {
        writer.WriteUInt32(InPortHeader);
        writer.WriteUInt32(inPort.Value);
    }

    /// <summary>Writes fields that <see cref="FindInPort"/> has let pass, with another ingress port.</summary>
    public static void Write(ref WireWriter writer, ReadOnlySpan<byte> fields, PortNumber inPort)
    {
        foreach (ReadOnlySpan<byte> tlv in new OxmReader(fields))
        {
            if (BinaryPrimitives.ReadUInt32BigEndian(tlv) == InPortHeader)
                WriteInPort(ref writer, inPort);
            else
                writer.WriteBytes(tlv);
        }
    }
}
