using System.Collections;
using System.Reflection;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Wire;
using NUnit.Framework;

namespace Lime.Tests.Wire;

/// <summary>Any message as an object: reads, writes and compares it, whichever of the codec's methods it
/// takes.</summary>
internal sealed class AnyMessage(OpenFlowCodec codec)
{
    public static AnyMessage V10 { get; } = new(OpenFlowCodecs.V10);

    public static AnyMessage V13 { get; } = new(OpenFlowCodecs.V13);

    public OpenFlowCodec Codec => codec;

    public object Read(ReadOnlySpan<byte> frame)
    {
        MessageKind kind = frame.Length < 2 ? MessageKind.Unknown : Codec.KindOf(frame[1]);
        return kind switch
        {
            MessageKind.PacketIn => PacketInCopy.Of(Codec.ReadPacketIn(frame)),
            MessageKind.PacketOut => PacketOutCopy.Of(Codec.ReadPacketOut(frame)),
            MessageKind.FlowMod => Codec.ReadFlowMod(frame),
            _ => Codec.ReadMessage(frame),
        };
    }

    public int SizeOf(object message) => message switch
    {
        PacketInCopy copy => Codec.SizeOf(copy.View()),
        PacketOutCopy copy => Codec.SizeOf(copy.View()),
        FlowMod flowMod => Codec.SizeOf(flowMod),
        _ => Codec.SizeOf((OpenFlowMessage)message),
    };

    public int Write(Span<byte> frame, Xid xid, object message) => message switch
    {
        PacketInCopy copy => Codec.Write(frame, xid, copy.View()),
        PacketOutCopy copy => Codec.Write(frame, xid, copy.View()),
        FlowMod flowMod => Codec.Write(frame, xid, flowMod),
        _ => Codec.Write(frame, xid, (OpenFlowMessage)message),
    };

    public byte[] Write(Xid xid, object message)
    {
        byte[] frame = new byte[SizeOf(message)];
        Assert.That(Write(frame, xid, message), Is.EqualTo(frame.Length), "Write and SizeOf agree");
        return frame;
    }

    /// <summary>Equality that looks into arrays and records, which the records' own does not.</summary>
    public static bool AreEqual(object? left, object? right)
    {
        if (left is null || right is null) return ReferenceEquals(left, right);
        if (left.GetType() != right.GetType()) return false;
        if (left is string or ActionList || left.GetType().IsPrimitive) return left.Equals(right);
        if (left is IEnumerable lefts)
            return AreEqual(lefts.Cast<object>(), ((IEnumerable)right).Cast<object>());
        if (left is ValueType and not FlowMod) return left.Equals(right);
        PropertyInfo[] properties = left.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance);
        return properties.All(property => AreEqual(property.GetValue(left), property.GetValue(right)));
    }

    private static bool AreEqual(IEnumerable<object> lefts, IEnumerable<object> rights)
    {
        object[] left = [.. lefts];
        object[] right = [.. rights];
        return left.Length == right.Length && left.Zip(right).All(pair => AreEqual(pair.First, pair.Second));
    }
}
