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

    private QuestionRun(FigureThreeNetwork network)
    {
        _answerer = network.HostTwo.Namespace.Start(
            [.. Priority.High, "python3", Program("answerer.py"), $"{Port}", $"{network.HostOne.Address}",
                $"{UnaskedPerSecond}"]);
        _asker = network.HostOne.Namespace.Start(
            [.. Priority.High, "python3", Program("asker.py"), $"{network.HostTwo.Address}", $"{Port}",
                $"{QuestionsPerSecond}"]);
    }

    public static async Task<QuestionRun> StartAsync(FigureThreeNetwork network)
    {
        var run = new QuestionRun(network);
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
        return report with { Unasked = Read<QuestionReport>(_answerer.Finish(Patience)).Unasked };
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
