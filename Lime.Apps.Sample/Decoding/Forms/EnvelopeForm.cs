using Lime.Apps.Sample.Decoding.Messages;
using Lime.Apps.Sample.Decoding.Numbers;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.Apps.Sample.Decoding.Forms;

/// <summary>The whole document of a message: what its header says, and its fields.</summary>
internal static class EnvelopeForm
{
    public static Envelope Document(Fields fields, Envelope? value)
    {
        byte version = (byte)fields.Number("version", value?.Version, IdentifierNames.Version);
        var xid = new Xid(fields.Hex32("xid", value?.Xid.Value, value is null ? 0u : null));
        var kind = (MessageKind)fields.Number("type", (ulong?)value?.Message.Kind, MessageNames.Kind);
        return new Envelope(version, xid, Message(fields, kind, value?.Message, version));
    }

    private static AnyMessage Message(Fields fields, MessageKind kind, AnyMessage? value, byte version) => kind switch
    {
        MessageKind.PacketIn => PacketForms.PacketIn(fields, (PacketInMessage?)value),
        MessageKind.PacketOut => PacketForms.PacketOut(fields, (PacketOutMessage?)value),
        MessageKind.FlowMod => new FlowModMessage(
            FlowForms.FlowMod(fields, value is FlowModMessage given ? given.FlowMod : new FlowMod())),
        _ => new ControlMessage(
            WithVersion(ControlForms.Control(fields, kind, (value as ControlMessage)?.Message), version)),
    };

    private static OpenFlowMessage WithVersion(OpenFlowMessage message, byte version) =>
        message is HelloMessage hello ? hello with { Version = version } : message;
}
