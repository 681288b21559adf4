using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Apps.Sample.Decoding.Forms;

/// <summary>Leads every message but packet-in, packet-out and flow-mod to its form.</summary>
internal static class ControlForms
{
    public static OpenFlowMessage Control(Fields fields, MessageKind kind, OpenFlowMessage? value) => kind switch
    {
        MessageKind.Hello => BasicForms.Hello(fields, (HelloMessage?)value),
        MessageKind.Error => BasicForms.Error(fields, (ErrorMessage?)value),
        MessageKind.EchoRequest => BasicForms.EchoRequest(fields, (EchoRequest?)value),
        MessageKind.EchoReply => BasicForms.EchoReply(fields, (EchoReply?)value),
        MessageKind.Experimenter => BasicForms.Experimenter(fields, (ExperimenterMessage?)value),
        MessageKind.FeaturesRequest => new FeaturesRequest(),
        MessageKind.FeaturesReply => SwitchForms.Features(fields, (FeaturesReply?)value),
        MessageKind.GetConfigRequest => new GetConfigRequest(),
        MessageKind.GetConfigReply => SwitchForms.GetConfig(fields, (GetConfigReply?)value),
        MessageKind.SetConfig => SwitchForms.SetConfig(fields, (SetConfig?)value),
        MessageKind.FlowRemoved => FlowForms.FlowRemoved(fields, (FlowRemoved?)value),
        MessageKind.PortStatus => PortForms.Status(fields, (PortStatus?)value),
        MessageKind.PortMod => PortForms.Mod(fields, (PortMod?)value),
        MessageKind.MultipartRequest => MultipartForms.Request(fields, (MultipartRequest?)value),
        MessageKind.MultipartReply => MultipartForms.Reply(fields, (MultipartReply?)value),
        MessageKind.BarrierRequest => new BarrierRequest(),
        MessageKind.BarrierReply => new BarrierReply(),
        MessageKind.QueueGetConfigRequest => QueueForms.ConfigRequest(fields, (QueueGetConfigRequest?)value),
        MessageKind.QueueGetConfigReply => QueueForms.ConfigReply(fields, (QueueGetConfigReply?)value),
        _ => SinceVersion13(fields, kind, value),
    };

    /// <summary>What versions after 1.0 added.</summary>
    private static OpenFlowMessage SinceVersion13(Fields fields, MessageKind kind, OpenFlowMessage? value) =>
        kind switch
        {
            MessageKind.GroupMod => GroupForms.Mod(fields, (GroupMod?)value),
            MessageKind.TableMod => TableForms.Mod(fields, (TableMod?)value),
            MessageKind.MeterMod => MeterForms.Mod(fields, (MeterMod?)value),
            MessageKind.RoleRequest => SwitchForms.RoleRequest(fields, (RoleRequest?)value),
            MessageKind.RoleReply => SwitchForms.RoleReply(fields, (RoleReply?)value),
            MessageKind.GetAsyncRequest => new GetAsyncRequest(),
            MessageKind.GetAsyncReply => SwitchForms.GetAsync(fields, (GetAsyncReply?)value),
            MessageKind.SetAsync => SwitchForms.SetAsync(fields, (SetAsync?)value),
            MessageKind.BundleControl => BundleForms.Control(fields, (BundleControl?)value),
            MessageKind.BundleAdd => BundleForms.Add(fields, (BundleAdd?)value),
            // Of a type that wasn't read there are faults already; what stands in for it is never looked at.
            _ => new BarrierRequest(),
        };
}
