using System.Text.Json;

namespace Lime.Tests.RealNetwork.Migrations;

/// <summary>The first host asks the second over UDP, each question from a port of its own; the second answers, and
/// sends
/// what nobody asked for besides.</summary>
/// <remarks>Life cycle: asks from <see cref="StartAsync"/> until <see cref="StopAsync"/> or <see
/// cref="Dispose"/>.</remarks>
internal sealed class QuestionRun : IDisposable
{
    /// <summary>Where questions are answered.</summary>
    public const ushort Port = 7777;

    private const int QuestionsPerSecond = 200;

    private const int UnaskedPerSecond = 200;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly RunningProcess _answerer;
    private readonly RunningProcess _asker;

    private QuestionRun(FigureThreeNetwork network, int firstPort)
    {
        _answerer = network.HostTwo.Namespace.Start(
            [.. Priority.High, "python3", Program("answerer.py"), $"{Port}", $"{network.HostOne.Address}",
                $"{UnaskedPerSecond}"]);
        _asker = network.HostOne.Namespace.Start(
            [.. Priority.High, "python3", Program("asker.py"), $"{network.HostTwo.Address}", $"{Port}",
                $"{QuestionsPerSecond}", $"{firstPort}"]);
    }

    /// <param name="network">Whose hosts.</param>
    /// <param name="firstPort">Of the asking host; 6,000 ports from there on are asked from, again every 30 s. No two
    /// runs
    /// on one network may share any, nor may they reach 32,768: until 10 s after a port's rule is gone Open vSwitch
    /// has a
    /// cached flow that drops what comes for it, and what nobody asked for comes to ports from 50,000 on, for which it
    /// has
    /// one that covers half of all ports if there are no rules among them. A rule that comes is not in force beside
    /// such a
    /// flow for some milliseconds, on a loaded machine for longer: that is Open vSwitch's doing, with or without a
    /// migration.</param>
    public static async Task<QuestionRun> StartAsync(FigureThreeNetwork network, int firstPort)
    {
        var run = new QuestionRun(network, firstPort);
        try
        {
            await run._answerer.WaitForLinesAsync(1, Patience);
            await run._asker.WaitForLinesAsync(1, Patience);
            return run;
        }
        catch
        {
            run.Dispose();
            throw;
        }
    }

    /// <summary>Asks no more, waits for answers that may still come, and reports.</summary>
    public QuestionReport Stop()
    {
        _asker.Interrupt();
        QuestionReport report = Read<QuestionReport>(_asker.Finish(Patience));
        _answerer.Interrupt();
        QuestionReport other = Read<QuestionReport>(_answerer.Finish(Patience));
        return report with { Unasked = other.Unasked, Arrived = other.Arrived };
    }

    public void Dispose()
    {
        _asker.Dispose();
        _answerer.Dispose();
    }

    private static string Program(string name) =>
        Path.Combine(AppContext.BaseDirectory, "RealNetwork", "Programs", name);

    private static T Read<T>(CommandResult result)
    {
        string last = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1];
        try
        {
            return JsonSerializer.Deserialize<T>(last, JsonSerializerOptions.Web)!;
        }
        catch (JsonException exception)
        {
            throw new InvalidOperationException($"It wrote: {result.Output}{result.Error}", exception);
        }
    }
}
