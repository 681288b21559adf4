using System.Diagnostics;
using NUnit.Framework;

namespace Lime.Tests.Packaging;

/// <summary>Runs the dotnet command to its end, away from the build that runs this test.</summary>
internal static class DotnetCommand
{
    /// <summary>Far above what a restore and a build of two small projects take on a loaded
    /// machine.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(5);

    /// <summary>What a dotnet test around us sets, and a build inside must not see.</summary>
    private static readonly string[] Inherited = ["MSBUILD", "VSTEST", "TESTINGPLATFORM", "COREHOST"];

    /// <summary>Runs it in <paramref name="folder"/> and gives what it wrote to standard output.</summary>
    /// <exception cref="AssertionException">It failed, or took too long.</exception>
    public static async Task<string> RunAsync(string folder, params string[] arguments)
    {
        using var process = new Process { StartInfo = StartOf(folder, arguments) };
        process.Start();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(Timeout);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new AssertionException($"dotnet {string.Join(' ', arguments)} took more than {Timeout}.");
        }
        if (process.ExitCode == 0) return await output;
        throw new AssertionException(
            $"dotnet {string.Join(' ', arguments)} ended with {process.ExitCode}.\n{await output}\n{await errors}");
    }

    private static ProcessStartInfo StartOf(string folder, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string name in Environment.GetEnvironmentVariables().Keys.OfType<string>())
        {
            if (Inherited.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
                start.Environment.Remove(name);
        }
        // Build servers would outlive the test, and hold its folder and its output.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["UseSharedCompilation"] = "false";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        return start;
    }
}
