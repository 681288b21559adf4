using System.Globalization;
using Lime.Apps.Sample.Commands;
using Lime.Apps.Sample.NetworkFiles;
using Lime.Apps.Sample.Operator.Documents;

namespace Lime.Apps.Sample.Migrating;

/// <summary>Starts the migration of an ensemble at a running controller and shows how it goes until it has
/// ended.</summary>
internal sealed class EnsembleFollower(OperatorClient client, CommandConsole console)
{
    public static async Task<int> RunAsync(MigrateOptions options, CommandConsole console, CancellationToken stop)
    {
        byte[] plan = NetworkFile.ReadBytes(options.EnsemblePath!);
        using var client = new OperatorClient(options.Operator, options.Token);
        var follower = new EnsembleFollower(client, console);
        try
        {
            if (options.IsDryRun) return follower.Write(await client.PreviewEnsembleAsync(plan));
            EnsembleDocument ensemble = await client.StartEnsembleAsync(plan);
            console.Output.WriteLine(
                $"ensemble {ensemble.Id}: {string.Join(", ", ensemble.Switches.Select(each => each.Switch))}, "
                + $"{ensemble.Method}");
            return await follower.FollowAsync(ensemble.Id, stop);
        }
        catch (CommandFailedException refusal) when (refusal.ExitCode == ExitCode.CouldNotStart)
        {
            throw new CommandFailedException($"{options.EnsemblePath}: {refusal.Message}");
        }
    }

    private int Write(EnsemblePreviewDocument preview)
    {
        TextWriter output = console.Output;
        output.WriteLine("dry run; nothing was done");
        foreach (FindingDocument each in preview.Findings)
            output.WriteLine($"  {each.Kind,-7}  {each.Topic,-8}  {each.Text}");
        if (preview.Findings.IsEmpty) output.WriteLine("  nothing was found that could not be reproduced");
        foreach (HostMoveDocument each in preview.Moves)
            output.WriteLine($"  {each.Host} moves from {each.From} to {each.To}");
        output.WriteLine(preview.CanBegin ? "the plan holds" : "the plan would be refused");
        return preview.CanBegin ? ExitCode.Success : ExitCode.Aborted;
    }

    private async Task<int> FollowAsync(int id, CancellationToken stop)
    {
        await using var abort = AbortOnRequest.Watch(
            $"ensemble {id}", () => client.AbortEnsembleAsync(id), console, stop);
        EnsembleProgressDocument? last = null;
        await foreach (EnsembleProgressDocument progress in client.WatchEnsembleAsync(id, CancellationToken.None))
        {
            if (last?.Phase != progress.Phase || last.HostsMoved != progress.HostsMoved)
                console.Output.WriteLine(Describe(progress));
            last = progress;
        }
        await abort.DisposeAsync();
        foreach (HostDocument each in last?.Hosts ?? []) console.Output.WriteLine(Describe(each));
        return last?.Phase == MigrationWords.Completed ? ExitCode.Success : ExitCode.Aborted;
    }

    private static string Describe(EnsembleProgressDocument progress) => string.Create(
        CultureInfo.InvariantCulture,
        $"{progress.ElapsedMs / 1000,9:F3} s  {progress.Phase,-9}  rules {progress.RulesCopied}/{progress.RulesTotal}"
        + $"  hosts {progress.HostsMoved}/{progress.Hosts.Length}  flow-mods {progress.FlowMods}  {progress.Detail}")
        .TrimEnd();

    private static string Describe(HostDocument host)
    {
        string pause = host.PauseMs is { } ms
            ? string.Create(CultureInfo.InvariantCulture, $", stood still for {ms:F1} ms")
            : "";
        return $"{host.Host}: {host.State}, {host.From} to {host.To}{pause}{(host.Detail.Length > 0 ? ": " : "")}"
            + host.Detail;
    }
}
