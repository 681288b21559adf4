using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Lime.Apps.Sample.Decoding.Messages;
using Lime.Apps.Sample.Decoding.Numbers;
using Lime.OpenFlow;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Wire;

namespace Lime.Apps.Sample.Decoding.Forms;

/// <summary>Bundles.</summary>
internal static class BundleForms
{
    public static BundleControl Control(Fields fields, BundleControl? value) => new(
        new BundleId(fields.UInt32("bundle_id", value?.Bundle.Value)),
        (BundleControlType)fields.Number("control", (ulong?)value?.Type, FieldNames.BundleControlType),
        Flags(fields, value?.Flags))
    {
        Properties = fields.Bytes("properties", value?.Properties, isOptional: true),
    };

    public static BundleAdd Add(Fields fields, BundleAdd? value)
    {
        var message = new BundleAdd(
            new BundleId(fields.UInt32("bundle_id", value?.Bundle.Value)),
            Flags(fields, value?.Flags),
            Frame(fields, value?.Frame))
        {
            Properties = fields.Bytes("properties", value?.Properties, isOptional: true),
        };
        fields.Note("message", () => MessageOf(message.Frame.AsSpan()));
        return message;
    }

    /// <summary>The message as bytes, or, where somebody writes one, as a document.</summary>
    private static ImmutableArray<byte> Frame(Fields fields, ImmutableArray<byte>? frame)
    {
        if (frame is not null || !fields.Has("message", false)) return fields.Bytes("frame", frame);
        Envelope? envelope = fields.Object<Envelope>("message", null, EnvelopeForm.Document);
        try
        {
            return envelope?.Message is null ? [] : [.. envelope.ToFrame()];
        }
        catch (Exception refused) when (refused is UnsupportedByVersionException or ArgumentException)
        {
            fields.Fault("message", $"a message that its version can say ({refused.Message})");
            return [];
        }
    }

    private static JsonNode? MessageOf(ReadOnlySpan<byte> frame)
    {
        if (frame.Length < FrameHeader.SizeBytes) return null;
        try
        {
            return WritingFields.Write(Envelope.Read(frame), EnvelopeForm.Document);
        }
        catch (OpenFlowProtocolException malformed)
        {
            return $"{ErrorNames.Text(malformed.Type, malformed.Code)}: {malformed.Message}";
        }
    }

    private static BundleFlags Flags(Fields fields, BundleFlags? value) =>
        (BundleFlags)fields.Number("flags", (ulong?)value, FieldNames.BundleFlags);
}
