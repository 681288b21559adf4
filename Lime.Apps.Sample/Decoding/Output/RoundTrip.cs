using System.Text.Json;
using Lime.Apps.Sample.Decoding.Forms;
using Lime.Apps.Sample.Decoding.Messages;
using Lime.Apps.Sample.Json;
using Lime.OpenFlow;

namespace Lime.Apps.Sample.Decoding.Output;

/// <summary>A frame's way to the model, to JSON, through the model's constructors, and to a frame again.</summary>
/// <param name="Outcome">How the frames compare.</param>
/// <param name="Detail">What differs, for people; empty if nothing does.</param>
internal sealed record RoundTrip(RoundTripOutcome Outcome, string Detail)
{
    /// <summary>Takes a whole frame there and back.</summary>
    /// <exception cref="OpenFlowProtocolException">The frame is malformed.</exception>
    public static RoundTrip Of(ReadOnlySpan<byte> frame)
    {
        Envelope model = Envelope.Read(frame);
        string json = ToJson(model);
        (byte[] again, string? fault) = ToFrame(model, json);
        if (fault is not null) return new(RoundTripOutcome.Different, fault);
        if (frame.SequenceEqual(again)) return new(RoundTripOutcome.Same, "");
        string difference = FrameDifference.Describe(frame, again);
        (string? meaning, string detail) = ReadAgain(again);
        return meaning == json
            ? new(RoundTripOutcome.NotCanonical, difference)
            : new(RoundTripOutcome.Different, $"{difference}; {detail}");
    }

    private static string ToJson(Envelope model) =>
        WritingFields.Write<Envelope>(model, EnvelopeForm.Document).ToJsonString();

    /// <summary>The frame by way of JSON, which has to be that of the model itself.</summary>
    private static (byte[] Frame, string? Fault) ToFrame(Envelope model, string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        var faults = new List<JsonFault>();
        Envelope read = ReadingFields.Read<Envelope>(new JsonCursor(document.RootElement, "$", faults),
            EnvelopeForm.Document);
        if (faults.Count > 0) return ([], $"the JSON doesn't read back: {faults[0]}");
        try
        {
            byte[] direct = model.ToFrame();
            byte[] again = read.ToFrame();
            bool isSame = direct.AsSpan().SequenceEqual(again);
            return (again, isSame ? null : $"JSON changes it: {FrameDifference.Describe(direct, again)}");
        }
        catch (Exception refused) when (refused is UnsupportedByVersionException or ArgumentException)
        {
            return ([], $"what was decoded is refused when encoding: {refused.Message}");
        }
    }

    private static (string? Json, string Detail) ReadAgain(byte[] frame)
    {
        try
        {
            string json = ToJson(Envelope.Read(frame));
            return (json, $"it reads as {json}");
        }
        catch (OpenFlowProtocolException malformed)
        {
            return (null, $"it doesn't read again: {malformed.Message}");
        }
    }
}
