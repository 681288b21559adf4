using System.Diagnostics;
using System.Globalization;
using System.Net;
using Lime.Apps.Sample.Commands;
using Lime.Benchmarks.Reports;

namespace Lime.Benchmarks.Overhead;

/// <summary>A process that runs <see cref="LayerServer"/>.</summary>
/// <remarks>Life cycle: serving when <see cref="StartAsync"/> returns; ends when disposed, or when we end, since its
/// standard input does.</remarks>
internal sealed class LayerProcess : IDisposable
{
    private readonly Process _process;

    private LayerProcess(Process process, IPEndPoint endPoint)
    {
        _process = process;
        EndPoint = endPoint;
    }

    public IPEndPoint EndPoint { get; }

    public int Id => _process.Id;

    /// <exception cref="CommandFailedException">It doesn't serve.</exception>
    public static async Task<LayerProcess> StartAsync(OverheadPlan plan, bool isDirect, CancellationToken stop)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        // Run as "dotnet X.dll", our own path is dotnet's.
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(typeof(LayerProcess).Assembly.Location);
        foreach (string each in Arguments(plan, isDirect)) start.ArgumentList.Add(each);
        // As the sample program sets for itself.
        start.Environment["DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS"] = "1";
        start.Environment["DOTNET_SYSTEM_NET_SOCKETS_THREAD_COUNT"] = "1";
        Process process = Process.Start(start)!;
        string? line = await process.StandardOutput.ReadLineAsync(stop);
        if (line is not null && IPEndPoint.TryParse(line, out IPEndPoint? endPoint))
            return new LayerProcess(process, endPoint);
        process.Kill();
        process.Dispose();
        throw new CommandFailedException($"The controller's process did not begin: {line}");
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(5))) _process.Kill();
        _process.Dispose();
    }

    private static IEnumerable<string> Arguments(OverheadPlan plan, bool isDirect) =>
    [
        "serve-layer",
        "--scenario", plan.Scenario.ToString(),
        "--direct", isDirect ? "true" : "false",
        "--switches", Text(plan.Switches),
        "--networks", Text(plan.Networks),
        "--rules", Text(plan.Rules),
        "--updates", Text(plan.UpdatesPerSecond),
        "--version", VersionNames.Of(plan.Version),
    ];

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
