using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using Lime.Apps.Sample.Decoding.Numbers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Wire;

namespace Lime.Apps.Sample.Decoding.Forms;

/// <summary>Hello, error, echo, experimenter.</summary>
internal static class BasicForms
{
    /// <summary>The version is the document's.</summary>
    public static HelloMessage Hello(Fields fields, HelloMessage? value)
    {
        ImmutableArray<byte> elements = fields.Bytes("elements", value?.Elements, isOptional: true);
        fields.Note("versions", () => HelloVersionsNote.Of(elements.AsSpan()));
        return new HelloMessage(value?.Version ?? 0, elements);
    }

    public static ErrorMessage Error(Fields fields, ErrorMessage? value)
    {
        var type = (ErrorType)fields.Number("error_type", (ulong?)value?.Type, ErrorNames.Type);
        ushort code = (ushort)fields.Number("code", value?.Code, ErrorNames.CodesOf(type));
        ImmutableArray<byte> bytes = fields.Bytes("data", value?.Bytes, isOptional: true);
        if (type == ErrorType.HelloFailed) fields.Note("text", () => TextOf(bytes.AsSpan()));
        else if (type != ErrorType.Experimenter) fields.Note("offender", () => OffenderOf(bytes.AsSpan()));
        return new ErrorMessage(type, code, bytes);
    }

    public static EchoRequest EchoRequest(Fields fields, EchoRequest? value) =>
        new(fields.Bytes("data", value?.Bytes, isOptional: true));

    public static EchoReply EchoReply(Fields fields, EchoReply? value) =>
        new(fields.Bytes("data", value?.Bytes, isOptional: true));

    public static ExperimenterMessage Experimenter(Fields fields, ExperimenterMessage? value) => new(
        fields.Hex32("experimenter", value?.Experimenter), fields.Bytes("data", value?.Bytes, isOptional: true));

    /// <summary>A failed hello carries a text for people (1.3.5 section 7.5.4.1).</summary>
    private static JsonNode? TextOf(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> text = bytes.TrimEnd((byte)0);
        bool isPrintable = !text.IsEmpty && text.IndexOfAnyExceptInRange((byte)0x20, (byte)0x7e) < 0;
        return isPrintable ? Encoding.ASCII.GetString(text) : null;
    }

    /// <summary>The header of the message that was at fault.</summary>
    private static JsonNode? OffenderOf(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < FrameHeader.SizeBytes) return null;
        FrameHeader header = FrameHeader.Read(bytes);
        MessageKind kind = Messages.Codecs.Find(header.Version)?.KindOf(header.Type) ?? MessageKind.Unknown;
        string type = MessageNames.Kind.NameOf((ulong)kind) ?? $"type {header.Type}";
        string version = IdentifierNames.Version.NameOf(header.Version) ?? $"version 0x{header.Version:x2}";
        return $"{type} ({version}) xid 0x{header.Xid} of {header.LengthBytes} bytes";
    }
}
