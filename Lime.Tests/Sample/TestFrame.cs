using System.Buffers.Binary;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.Tests.Sample;

/// <summary>An Ethernet frame of 64 bytes, for apps to look at.</summary>
internal sealed record TestFrame(string Source, string Destination)
{
    public ushort EthType { get; init; } = 0x0800;

    public ushort? VlanId { get; init; }

    public byte[] ToBytes()
    {
        byte[] frame = new byte[64];
        MacAddress.Parse(Destination).Write(frame);
        MacAddress.Parse(Source).Write(frame.AsSpan(6));
        int typeAt = 12;
        if (VlanId is { } vlanId)
        {
            BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(12), 0x8100);
            BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(14), vlanId);
            typeAt = 16;
        }
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(typeAt), EthType);
        if (EthType == 0x0800) frame[typeAt + 2] = 0x45;
        return frame;
    }

    /// <param name="inPort">Where it came in.</param>
    /// <param name="bufferId">Null: the switch does not hold it.</param>
    public PacketIn ArrivedAt(uint inPort, uint? bufferId = null) => new()
    {
        InPort = new PortNumber(inPort),
        BufferId = bufferId is { } held ? new BufferId(held) : BufferId.None,
        TotalBytes = 64,
        Data = ToBytes(),
    };
}
