using System.Text.Json.Nodes;
using Lime.Apps.Sample.Commands;
using Lime.Apps.Sample.Decoding.Forms;
using Lime.Apps.Sample.Decoding.Input;
using Lime.Apps.Sample.Decoding.Messages;
using Lime.OpenFlow;

namespace Lime.Apps.Sample.Decoding.Output;

/// <summary>Decodes messages and prints them, as text or as a JSON document a line.</summary>
internal sealed class DecodeReport(CommandConsole console, bool isJson)
{
    private readonly MessageText _text = new(console.Output);

    /// <summary>Prints one message, or why it can't be.</summary>
    /// <returns>Whether it could be decoded.</returns>
    public bool Add(CutFrame frame)
    {
        try
        {
            if (frame.Fault is not null) throw frame.Fault;
            Envelope envelope = Envelope.Read(frame.Bytes.Span);
            JsonObject document = WritingFields.Write<Envelope>(envelope, EnvelopeForm.Document);
            if (isJson) console.Output.WriteLine(document.ToJsonString());
            else _text.Write(document, $"{frame.Place}, {frame.Bytes.Length} bytes");
            return true;
        }
        catch (OpenFlowProtocolException fault)
        {
            if (isJson) console.Output.WriteLine(FaultText.Json(frame, fault).ToJsonString());
            console.Error.WriteLine(FaultText.Line(frame, fault));
            return false;
        }
    }
}
