using System.Net;
using Lime.Apps.Sample.NetworkFiles;
using Lime.Core.Apps;
using Lime.Core.Hosting;
using Lime.Core.Migration;
using Lime.OpenFlow;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Tests.RealNetwork.Migrations;

/// <summary>The network of Figure 3 on Open vSwitch with the real controller, in this process, and
/// an app that has installed the path.</summary>
/// <remarks>Life cycle: the path is there when <see cref="StartAsync"/> returns; <see
/// cref="DisposeAsync"/> ends the controller, then removes the network.</remarks>
internal sealed class MigrationLab : IAsyncDisposable
{
    private static readonly TimeSpan EndTimeout = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ReadyTimeout = TimeSpan.FromSeconds(30);

    private readonly PathApp _app;

    private readonly IEvidence? _evidence;

    private readonly TimeSpan _drainQuietTime;

    private MigrationLab(MigrationLabOptions options)
    {
        _evidence = options.Evidence;
        _drainQuietTime = options.DrainQuietTime;
        Network = new FigureThreeNetwork(new FigureThreeOptions
        {
            Protocols = options.Version == OpenFlowVersion.V13 ? "OpenFlow13" : "OpenFlow10",
        });
        try
        {
            options.Prepare(Network);
            _app = new PathApp(options.ResourcesOnS3, options.RulesOnS3);
            string file = Path.Combine(AppContext.BaseDirectory, "Networks", "figure3.json");
            Controller = new LimeController(
                new LimeOptions
                {
                    Listen = new IPEndPoint(Network.ControllerAddress, 0),
                    Network = options.Describe(NetworkFile.Load(file)),
                    Channel = ChannelOptions.Default with { Versions = [options.Version] },
                },
                [.. options.FirstApps, _app]);
        }
        catch
        {
            Network.Dispose();
            throw;
        }
    }

    public FigureThreeNetwork Network { get; }

    public LimeController Controller { get; }

    /// <summary>The virtual switch that moves.</summary>
    public IVirtualSwitch Moved => Controller.VirtualSwitches.Single(each => each.Name == "s3");

    public static async Task<MigrationLab> StartAsync(MigrationLabOptions? options = null)
    {
        options ??= new MigrationLabOptions();
        MigrationLab lab = new(options);
        try
        {
            await lab.ConnectAsync(options.HasTarget);
            return lab;
        }
        catch
        {
            await lab.DisposeAsync();
            throw;
        }
    }

    /// <summary>Begins to move s3.</summary>
    public Task<IMigration> BeginAsync(ulong target, MigrationMethod method = MigrationMethod.Clone) =>
        BeginAsync(new MigrationPlan("s3", new DatapathId(target)) { Method = method });

    /// <summary>Begins to move s3, its attachments so far apart.</summary>
    public Task<IMigration> BeginAsync(ulong target, TimeSpan interval) =>
        BeginAsync(new MigrationPlan("s3", new DatapathId(target)) { AttachmentInterval = interval });

    /// <summary>Moves s3.</summary>
    /// <returns>How it ended.</returns>
    public async Task<MigrationProgress> MigrateAsync(
        OvsBridge target, MigrationMethod method = MigrationMethod.Clone) =>
        await EndOfAsync(await BeginAsync(target.DatapathId, method));

    /// <summary>Waits for the end of a migration.</summary>
    /// <returns>How it ended.</returns>
    public static Task<MigrationProgress> EndOfAsync(IMigration migration) =>
        migration.Completion.WaitAsync(EndTimeout);

    /// <summary>The shadow table of s3, as apps see it.</summary>
    public async Task<IReadOnlyList<FlowStatistics>> ReadShadowTableAsync() =>
        await Moved.GetFlowsAsync(new FlowStatisticsRequest(Match.Any, TableId.All, PortNumber.Any));

    public async ValueTask DisposeAsync()
    {
        await Controller.DisposeAsync();
        Network.Dispose();
    }

    private async Task<IMigration> BeginAsync(MigrationPlan plan) =>
        await Controller.Ensembles.MigrateAsync(
            plan with { Evidence = _evidence, DrainQuietTime = _drainQuietTime });

    private async Task ConnectAsync(bool hasTarget)
    {
        Controller.Start();
        foreach (OvsBridge bridge in (OvsBridge[])[Network.S1, Network.S2, Network.S3, Network.S4])
        {
            if (hasTarget || bridge != Network.S4)
                bridge.SetController(Controller.ListenEndPoint!);
        }
        int expected = hasTarget ? 4 : 3;
        await Poll.UntilAsync(
            () => Controller.PhysicalSwitches.Count(each => each.IsConnected) == expected,
            "the switches are connected");
        await _app.Ready.WaitAsync(ReadyTimeout);
    }
}
