using Lime.Apps.Sample.Commands;
using Lime.Apps.Sample.Decoding.Input;
using Lime.OpenFlow;

namespace Lime.Apps.Sample.Decoding.Output;

/// <summary>Takes messages there and back and prints how they compare, a line each, and a summary.</summary>
internal sealed class RoundTripReport(CommandConsole console)
{
    private readonly int[] _counts = new int[3];
    private int _refused;

    /// <summary>Prints one message's line.</summary>
    /// <returns>False if it is different, or can't be decoded.</returns>
    public bool Add(CutFrame frame)
    {
        try
        {
            if (frame.Fault is not null) throw frame.Fault;
            RoundTrip trip = RoundTrip.Of(frame.Bytes.Span);
            _counts[(int)trip.Outcome]++;
            string detail = trip.Detail.Length == 0 ? "" : $": {trip.Detail}";
            console.Output.WriteLine($"{frame.Place}: {Word(trip.Outcome)}{detail}");
            return trip.Outcome != RoundTripOutcome.Different;
        }
        catch (OpenFlowProtocolException fault)
        {
            _refused++;
            console.Error.WriteLine(FaultText.Line(frame, fault));
            return false;
        }
    }

    public void WriteSummary() => console.Output.WriteLine(
        $"{_counts[0]} same, {_counts[1]} same meaning but not canonical, {_counts[2]} DIFFERENT, "
        + $"{_refused} could not be decoded");

    private static string Word(RoundTripOutcome outcome) => outcome switch
    {
        RoundTripOutcome.Same => "same",
        RoundTripOutcome.NotCanonical => "same meaning, not canonical",
        _ => "DIFFERENT",
    };
}
