using System.Buffers.Binary;
using Lime.Core.Emulation.Frames;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Matching;

namespace Lime.Core.Emulation.Switching;

/// <summary>The actions that change a packet: all but those that send it.</summary>
internal static class PacketActions
{
    /// <summary>Does one of them.</summary>
    /// <returns>False: its time to live is used up.</returns>
    public static bool Apply(in FlowAction action, PacketRun run, SwitchTraits traits)
    {
        switch (action.Kind)
        {
            case FlowActionKind.SetField:
                SetField(OxmField.FromBytes(action.Bytes), run);
                break;
            case FlowActionKind.PushVlan:
                TagActions.PushVlan(ref run.Frame, (ushort)action.Value);
                break;
            case FlowActionKind.PushMpls:
                TagActions.PushMpls(ref run.Frame, (ushort)action.Value);
                break;
            case FlowActionKind.PopMpls:
                TagActions.PopMpls(ref run.Frame, (ushort)action.Value);
                break;
            case FlowActionKind.PushPbb:
                TagActions.PushPbb(ref run.Frame, (ushort)action.Value);
                break;
            case FlowActionKind.PopPbb:
                TagActions.PopPbb(ref run.Frame);
                break;
            case FlowActionKind.SetMplsTtl or FlowActionKind.DecrementMplsTtl or FlowActionKind.SetIpTtl:
            case FlowActionKind.DecrementIpTtl or FlowActionKind.CopyTtlOut or FlowActionKind.CopyTtlIn:
                return TtlActions.Apply(action, ref run.Frame);
            default:
                if (traits.HasPipeline) ApplyToStack(action, run);
                else FrameRewriter.Apply(action, ref run.Frame);
                break;
        }
        return true;
    }

    /// <summary>The actions that 1.0 has too, on frames with more than one tag.</summary>
    private static void ApplyToStack(in FlowAction action, PacketRun run)
    {
        switch (action.Kind)
        {
            case FlowActionKind.StripVlan:
                TagActions.PopVlan(ref run.Frame);
                break;
            case FlowActionKind.SetIpv4Source:
                FieldSetter.Set(Ipv4(OxmId.Ipv4Source, action.Value), ref run.Frame);
                break;
            case FlowActionKind.SetIpv4Destination:
                FieldSetter.Set(Ipv4(OxmId.Ipv4Destination, action.Value), ref run.Frame);
                break;
            case FlowActionKind.SetIpTos:
                FieldSetter.Set(OxmField.Of(OxmId.IpDscp, [(byte)(action.Value >> 2)]), ref run.Frame);
                break;
            default:
                FrameRewriter.Apply(action, ref run.Frame);
                break;
        }
    }

    private static void SetField(OxmField field, PacketRun run)
    {
        if (field.Id == OxmId.TunnelId) run.TunnelId = BinaryPrimitives.ReadUInt64BigEndian(field.Value);
        else FieldSetter.Set(field, ref run.Frame);
    }

    private static OxmField Ipv4(OxmId id, ulong address)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)address);
        return OxmField.Of(id, bytes);
    }
}
