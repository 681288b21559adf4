using System.Text.Json.Nodes;
using Lime.Apps.Sample.Decoding.Input;
using Lime.Apps.Sample.Decoding.Numbers;
using Lime.OpenFlow;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Wire;

namespace Lime.Apps.Sample.Decoding.Output;

/// <summary>Says why a message can't be decoded: where, what it claims to be, the error that the specification names,
/// and the field.</summary>
internal static class FaultText
{
    public static string Line(CutFrame frame, OpenFlowProtocolException fault) =>
        $"{frame.Place}: {Describe(frame.Bytes.Span)}: {ErrorNames.Text(fault.Type, fault.Code)}: {fault.Message}";

    /// <summary>The same for programs.</summary>
    public static JsonObject Json(CutFrame frame, OpenFlowProtocolException fault) => new()
    {
        ["error"] = new JsonObject
        {
            ["source"] = frame.Source.Name,
            ["offset"] = frame.Offset,
            ["error_type"] = ErrorNames.Type.Write((ulong)fault.Type),
            ["code"] = ErrorNames.CodesOf(fault.Type).Write(fault.Code),
            ["message"] = fault.Message,
            ["frame"] = Convert.ToHexStringLower(frame.Bytes.Span),
        },
    };

    /// <summary>What the header says.</summary>
    private static string Describe(ReadOnlySpan<byte> frame)
    {
        if (frame.Length < FrameHeader.SizeBytes) return "part of a header";
        FrameHeader header = FrameHeader.Read(frame);
        string version = IdentifierNames.Version.NameOf(header.Version) is { } name
            ? $"OpenFlow {name}"
            : $"version 0x{header.Version:x2}";
        MessageKind kind = Messages.Codecs.Find(header.Version)?.KindOf(header.Type) ?? MessageKind.Unknown;
        string type = MessageNames.Kind.NameOf((ulong)kind) ?? $"type {header.Type}";
        return $"{version} {type} xid 0x{header.Xid}";
    }
}
