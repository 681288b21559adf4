using Lime.Apps.Sample.Apps;
using Lime.Core.Emulation;
using Lime.Core.Hosting;
using Lime.Core.Migration;
using Lime.Core.Networks;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;

namespace Lime.Apps.Sample.TwoSites;

/// <summary>Two sites, two tenants, and one migration of the first one.</summary>
/// <remarks>The controller is at site a: what it says to switches at site b takes as long as the link between the
/// sites.
/// Life cycle: one lab a migration. Threading: everything runs on the caller's thread, in the lab's loop.</remarks>
internal sealed class TwoSitesLab : IDisposable
{
    public static readonly TimeSpan ControlDelay = TimeSpan.FromMilliseconds(1);

    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan SetUpTimeout = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan MigrationTimeout = TimeSpan.FromMinutes(10);

    private readonly TwoSitesOptions _options;
    private readonly EventLoop _loop = EventLoop.CreateManual();
    private readonly EmulatedNetwork _network;
    private readonly ShopApp _app;
    private readonly LimeController _controller;
    private readonly LinkMeter _meter;
    private readonly HostWatch _hosts;
    private readonly ShopTraffic _traffic;
    private readonly OtherTenant _other;
    private int _otherRules;

    public TwoSitesLab(TwoSitesOptions options)
    {
        _options = options;
        _network = new EmulatedNetwork(_loop, options.Seed);
        _app = new ShopApp(_loop.Time);
        NetworkDescription description = TwoSitesPlace.Describe();
        var lime = new LimeOptions
        {
            Network = description,
            Channel = ChannelOptions.Default with { Versions = [OpenFlow.OpenFlowVersion.V13] },
        };
        _controller = new LimeController(lime, [_app, new LearningSwitch()], loop: _loop);
        EmulatedLink between = TwoSitesBuild.Build(_network, description, options.WideAreaDelay);
        _other = new OtherTenant(_network);
        TwoSitesBuild.PlugIn(_network, _other);
        _meter = new LinkMeter(_network, between);
        _hosts = new HostWatch(new EmulatedHostMover(_network, _loop), () => _network.Now);
        _traffic = new ShopTraffic(_network, options, _hosts, _loop.Time);
        foreach (EmulatedSwitch each in _network.Switches)
        {
            TimeSpan delay = ControlDelay + (IsFar(each) ? options.WideAreaDelay : TimeSpan.Zero);
            _controller.Attach(_network.ConnectControl(each, delay));
        }
    }

    /// <summary>Moves the tenant while it works.</summary>
    /// <param name="method">How.</param>
    /// <param name="tell">Hears of each step as it begins.</param>
    /// <param name="stop">Ends it early.</param>
    /// <exception cref="TimeoutException">Something took longer than any sound run does.</exception>
    /// <exception cref="OperationCanceledException">It was to end.</exception>
    public TwoSitesResult Run(MigrationMethod method, Action<string> tell, CancellationToken stop)
    {
        Require(_loop.Run(() => IsConnected && _app.IsReady, SetUpTimeout), "The rules were not installed.");
        MoveOther();
        _traffic.Start();
        _other.Start();
        _loop.RunFor(_options.Watch); // Connections are set up, addresses are learnt.
        _meter.Begin(_meter.Labels);
        var steps = new StepLog(method, () => _network.Now, tell);
        steps.Begin("before");
        _loop.RunFor(_options.Watch);
        IEnsembleMigration migration =
            _controller.Ensembles.MigrateAsync(Plan(method), stop).AsTask().GetAwaiter().GetResult();
        TimeSpan began = _network.Now;
        while (!migration.Completion.IsCompleted)
        {
            stop.ThrowIfCancellationRequested();
            steps.Take(migration.Progress);
            _loop.RunFor(Slice);
            Require(_network.Now - began < MigrationTimeout, "The migration did not end.");
        }
        steps.Begin("after");
        TimeSpan ended = _network.Now;
        _loop.RunFor(_options.Watch);
        _traffic.Stop();
        _other.Stop();
        TimeSpan until = _network.Now;
        _loop.RunFor(TimeSpan.FromSeconds(2)); // What is under way arrives.
        return new TwoSitesResult(method, migration.Progress)
        {
            Began = began,
            Ended = ended,
            Until = until,
            WideAreaDelay = _options.WideAreaDelay,
            SetUpMax = _app.SetUpMax,
            Steps = steps.All(until),
            Requests = _traffic.Requests,
            Pauses = _hosts.Pauses,
            ServerOf = request => _app.ServerOf(request.Client.Ip, request.ClientPort),
            Frames = _meter.Frames,
            FramesLeast = _traffic.CrossingsLeast,
            BytesLeast = _traffic.CrossingBytesLeast,
            Flows = _app.Flows,
            Surprises = _app.Surprises,
            Attempts = _traffic.Attempts,
            Leaks = _traffic.Leaks,
            RulesLeft = Enumerable.Range(1, 4).Sum(i => _network.Switch($"a{i}").FlowCount),
            TunnelRulesLeft = _network.Switch("fb").FlowCount - _otherRules,
            HostsLeft = Tenant.Hosts.Count(each => _hosts.SiteOf(each.Name) != 'b'),
            Other = new OtherFigures(
                _other.Summarise(steps.Start, began), _other.Summarise(began, until), _other.Strangers, _other.Ignored),
        };
    }

    /// <summary>Ends the controller and the loop.</summary>
    public void Dispose()
    {
        _ = _controller.DisposeAsync().AsTask();
        _loop.RunFor(_options.WideAreaDelay * 4);
        _loop.Dispose();
    }

    private bool IsConnected => _controller.PhysicalSwitches.Count(each => each.IsConnected) == _network.Switches.Count;

    /// <summary>The other tenant is spread over both sites, over the same link, before anything begins.</summary>
    private void MoveOther()
    {
        var plan = new MigrationPlan("other2", TwoSitesPlace.Far(5))
        {
            TargetPorts = [new PortMapping(TwoSitesPlace.OtherHostPort, TwoSitesPlace.OtherHostPortFar)],
        };
        IMigration migration = _controller.Ensembles.MigrateAsync(plan).AsTask().GetAwaiter().GetResult();
        MigrationProgress end = _loop.RunUntilDone(migration.Completion, SetUpTimeout);
        Require(end.Phase == MigrationPhase.Completed, $"The other tenant could not be spread: {end.Detail}");
        _otherRules = _network.Switch("fb").FlowCount;
    }

    private EnsemblePlan Plan(MigrationMethod method) => new(
        [.. Tenant.Switches.Select((name, i) => new EnsembleSwitch(name, TwoSitesPlace.Far(i + 1)))],
        [
            .. Tenant.Hosts.Select(each => new EnsembleHost(
                each.Name, new VirtualPort(each.Switch, each.Port),
                new PortNumber(each.PortValue + TwoSitesPlace.FarOffset))
            {
                Mac = each.Mac,
            }),
        ])
    {
        Method = method,
        Mover = _hosts,
        Order = HostOrder.Computed,
        Traffic =
        [
            .. Tenant.Hosts.Where(each => each.Switch == "edge").SelectMany(client => Tenant.Hosts
                .Where(each => each.Switch == "web").Select(web => new HostTraffic(client.Name, web.Name, 1))),
            new HostTraffic("web1", "db1", 2), new HostTraffic("web2", "db2", 2),
        ],
        // Between two hosts' moves a clone is watched at work; what is frozen would only be so for longer.
        HostInterval = method == MigrationMethod.Clone ? _options.Watch : TimeSpan.Zero,
        DrainQuietTime = _options.WideAreaDelay * 10,
    };

    private static bool IsFar(EmulatedSwitch node) => node.Name[0] == 'b' || node.Name == "fb";

    private static void Require(bool isDone, string otherwise)
    {
        if (!isDone) throw new TimeoutException(otherwise);
    }
}
