using System.Globalization;
using Lime.Apps.Sample.Commands;
using Lime.Apps.Sample.Operator.Documents;

namespace Lime.Apps.Sample.Migrating;

/// <summary>Starts a migration at a running controller and shows how it goes until it has ended.</summary>
internal sealed class MigrationFollower(OperatorClient client, CommandConsole console)
{
    public static async Task<int> RunAsync(MigrateOptions options, CommandConsole console, CancellationToken stop)
    {
        using var client = new OperatorClient(options.Operator, options.Token);
        var follower = new MigrationFollower(client, console);
        if (options.IsDryRun) return PreviewText.Write(await client.PreviewAsync(RequestOf(options)), console);
        MigrationDocument migration = options.Undo is { } undone
            ? await client.UndoAsync(undone)
            : await client.StartAsync(RequestOf(options));
        console.Output.WriteLine(
            $"migration {migration.Id}: {migration.Switch} to {migration.Target}, {migration.Method}");
        return await follower.FollowAsync(migration.Id, stop);
    }

    private static MigrationRequest RequestOf(MigrateOptions options) => new(options.Switch, options.Target)
    {
        Method = options.Method,
        DeadlineSeconds = options.DeadlineSeconds,
        AttachmentIntervalMs = options.PauseMs,
        Guard = options.Guard,
        Budgets = options.Budgets,
        Evidence = options.Evidence,
        RequireSelectAffinity = options.RequiresSelectAffinity,
        TargetPorts =
            [.. options.Ports.Select(each => new PortPair(each.VirtualPort.Value, each.PhysicalPort.Value))],
    };

    private async Task<int> FollowAsync(int id, CancellationToken stop)
    {
        await using var abort = AbortOnRequest.Watch($"migration {id}", () => client.AbortAsync(id), console, stop);
        ProgressDocument? last = null;
        await foreach (ProgressDocument progress in client.WatchAsync(id, CancellationToken.None))
        {
            console.Output.WriteLine(Describe(progress));
            last = progress;
        }
        await abort.DisposeAsync();
        if (last is { Costs.Updates: > 0 }) console.Output.WriteLine(Describe(last.Costs));
        if (last?.Phase != MigrationWords.Completed) return ExitCode.Aborted;
        console.Output.WriteLine($"to take it back: migrate --undo {id}");
        return ExitCode.Success;
    }

    private static string Describe(ProgressDocument progress) => string.Create(
        CultureInfo.InvariantCulture,
        $"{progress.ElapsedMs / 1000,9:F3} s  {progress.Phase,-9}  rules {progress.RulesCopied}/{progress.RulesTotal}"
        + $"  attachments {progress.AttachmentsMoved}/{progress.AttachmentsTotal}  barriers {progress.Barriers}"
        + $"  flow-mods {progress.FlowMods}  {progress.Detail}").TrimEnd();

    private static string Describe(CostsDocument costs) => string.Create(
        CultureInfo.InvariantCulture,
        $"rule changes meanwhile: {costs.Updates}, {costs.GuardedUpdates} guarded, {costs.CommutingUpdates} without "
        + $"need, {costs.DetouredUpdates} by detour; {costs.Messages} messages, {costs.UpdateMs:F1} ms, at most "
        + $"{costs.UpdateMsMax:F1} ms each; {costs.GuardPacketIns} packets to the controller, "
        + $"{costs.HeldPackets} held, at most {costs.HeldMsMax:F1} ms, {costs.LostPackets} lost, "
        + $"up to {costs.OvertakenPacketsMax} overtaken");
}
