namespace Lime.Tests.RealNetwork.Migrations;

/// <summary>What became of questions over UDP, as the asking host counted.</summary>
/// <param name="Asked">Questions sent.</param>
/// <param name="Answered">Of these, how many were answered.</param>
/// <param name="Twice">Answers beyond the first to one question.</param>
/// <param name="Wrong">Answers that were not the question's.</param>
/// <param name="Illegal">Datagrams that nobody had asked for and that came through.</param>
/// <param name="SlowestMs">The longest time to an answer.</param>
internal sealed record QuestionReport(
    int Asked, int Answered, int Twice, int Wrong, int Illegal, double SlowestMs)
{
    /// <summary>Datagrams that nobody had asked for and that were sent.</summary>
    public int Unasked { get; init; }

    /// <summary>Questions that came to the host that answers.</summary>
    public int Arrived { get; init; }

    /// <summary>When, in seconds since the beginning, the first of those were asked that got no answer.</summary>
    public IReadOnlyList<double> UnansweredAtS { get; init; } = [];

    /// <summary>Questions that never came to the host that answers: lost on their way, by the queue of a switch for
    /// its controller when that waits for a processor.</summary>
    public int Lost => Asked - Arrived;

    /// <summary>Answers, all of them legal, that never came.</summary>
    public int Blocked => Arrived - Answered;

    private string At => UnansweredAtS.Count == 0 ? "" : $", none for those at {string.Join(' ', UnansweredAtS)} s";

    public override string ToString() =>
        $"{Asked} asked, {Arrived} arrived, {Answered} answered, {Twice} twice, {Wrong} wrong, "
        + $"slowest {SlowestMs:F1} ms{At}; "
        + $"{Unasked} sent unasked, {Illegal} of them came through";
}
