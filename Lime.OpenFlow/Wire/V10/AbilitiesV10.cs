using System.Buffers.Binary;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Messages;

namespace Lime.OpenFlow.Wire.V10;

/// <summary>Compares a rule with what a switch says that it can do (ofp_switch_features.actions, OpenFlow 1.0.0 section
/// 5.3.1).</summary>
internal static class AbilitiesV10
{
    private const int BitCount = 32;

    public static string? FindUnlisted(ActionList actions, FeaturesReply features)
    {
        foreach (ref readonly FlowAction action in actions.AsSpan())
        {
            ushort type = TypeOf(action);
            // No bit stands for a vendor's action.
            if (type < BitCount && (features.ActionBits & (1u << type)) == 0)
                return $"the action {(ActionTypeV10)type} (type {type})";
        }
        return null;
    }

    private static ushort TypeOf(in FlowAction action)
    {
        var bytes = new byte[ActionV10.SizeOf(action)];
        var writer = new WireWriter(bytes);
        ActionV10.Write(ref writer, action);
        return BinaryPrimitives.ReadUInt16BigEndian(bytes);
    }
}
