using System.Buffers.Binary;
using Lime.Core.Networks;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;

namespace Lime.Core.Switches;

/// <summary>The match fields that come with a packet-in, in virtual port numbers.</summary>
/// <remarks>One buffer serves every packet-in: what is given out is valid until the next. Threading: the owner
/// loop's.</remarks>
internal sealed class PacketFieldsTranslation
{
    private const int HeaderBytes = 4;

    private byte[] _buffer = [];

    public ReadOnlySpan<byte> ToVirtual(ReadOnlySpan<byte> fields, InstanceMap map)
    {
        if (fields.IsEmpty || map.IsIdentity) return fields;
        if (_buffer.Length < fields.Length) _buffer = new byte[fields.Length];
        Span<byte> translated = _buffer.AsSpan(0, fields.Length);
        fields.CopyTo(translated);
        int offset = 0;
        foreach (ReadOnlySpan<byte> field in new OxmReader(fields))
        {
            if (IsPort(field)) Translate(translated.Slice(offset + HeaderBytes, sizeof(uint)), map);
            offset += field.Length;
        }
        return translated;
    }

    private static bool IsPort(ReadOnlySpan<byte> field) => field.Length == HeaderBytes + sizeof(uint)
        && BinaryPrimitives.ReadUInt16BigEndian(field) == OxmField.BasicClass
        && (field[2] >> 1) is (byte)OxmId.InPort or (byte)OxmId.InPhysicalPort;

    private static void Translate(Span<byte> port, InstanceMap map)
    {
        var physicalPort = new PortNumber(BinaryPrimitives.ReadUInt32BigEndian(port));
        if (map.TryToVirtual(physicalPort, out PortNumber virtualPort))
            BinaryPrimitives.WriteUInt32BigEndian(port, virtualPort.Value);
    }
}
