using Lime.Apps.Sample.Commands;
using Lime.Apps.Sample.NetworkFiles;
using Lime.Core.Emulation;
using Lime.Core.Hosting;
using Lime.Core.Migration;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;

namespace Lime.Apps.Sample.Figure3;

/// <summary>The paper's Figure 3 in the embedded network: h1-s1-s3-s2-h2, with s4 cabled to s1 and s2 as the
/// target.</summary>
/// <remarks>Life cycle: one lab a migration. Threading: everything runs on the caller's thread, in the lab's
/// loop.</remarks>
internal sealed class Figure3Lab : IDisposable
{
    /// <summary>The setting of the experiment; it is printed with the results.</summary>
    public static readonly TimeSpan LinkDelay = TimeSpan.FromMilliseconds(0.5);

    public static readonly TimeSpan ControlDelay = TimeSpan.FromMilliseconds(1);

    /// <summary>Measured on Open vSwitch: 100,000 flow-mods take 6.3 s.</summary>
    public const int FlowModsPerSecond = 16_000;

    public const double JitterFraction = 0.2;

    private static readonly TimeSpan SetUpTimeout = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan MigrationTimeout = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan PingsBefore = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan PingsAfter = TimeSpan.FromSeconds(1);

    private readonly Figure3Options _options;
    private readonly EventLoop _loop;
    private readonly EmulatedNetwork _network;
    private readonly PathRules _app;
    private readonly LimeController _controller;
    private readonly Random _random;

    public Figure3Lab(Figure3Options options, int seed)
    {
        _options = options;
        _random = new Random(seed);
        _loop = EventLoop.CreateManual(options.IsRealTime ? TimeProvider.System : null);
        _network = new EmulatedNetwork(_loop, seed);
        _app = new PathRules(options.Rules);
        string file = Path.Combine(AppContext.BaseDirectory, "Networks", "figure3.json");
        _controller = new LimeController(
            new LimeOptions
            {
                Network = NetworkFile.Load(file),
                Channel = ChannelOptions.Default with { Versions = [OptionText.VersionOf(options.Version)] },
            },
            [_app], loop: _loop);
        BuildNetwork();
    }

    /// <summary>Migrates s3 to s4 while h1 pings h2.</summary>
    /// <exception cref="TimeoutException">Something took longer than any sound run does.</exception>
    public Figure3Result Run(MigrationMethod method)
    {
        Require(_loop.Run(() => _app.IsReady, SetUpTimeout), "The rules were not installed.");
        Pinger pinger = _network.Host("h1").CreatePinger(_network.Host("h2").Ip, new PingerOptions
        {
            Interval = _options.Interval,
            InitialDelay = _options.Interval * _random.NextDouble(),
        });
        pinger.Start();
        _loop.RunFor(PingsBefore);
        TimeSpan from = _network.Now;
        IMigration migration = _controller.Ensembles.MigrateAsync(
            new MigrationPlan("s3", new DatapathId(4)) { Method = method }).AsTask().GetAwaiter().GetResult();
        Require(_loop.Run(() => migration.Completion.IsCompleted, MigrationTimeout), "The migration did not end.");
        TimeSpan to = _network.Now;
        pinger.Stop();
        _loop.RunFor(PingsAfter);
        return new Figure3Result(method, migration.Progress, migration.Timeline, pinger.Summarise(from, to))
        {
            PacketsThroughTarget = _network.Switch("s4").Counters.Matches,
            SourceRulesLeft = _network.Switch("s3").FlowCount,
            TargetRules = _network.Switch("s4").FlowCount,
        };
    }

    /// <summary>Ends the controller and the loop.</summary>
    public void Dispose()
    {
        _ = _controller.DisposeAsync().AsTask();
        _loop.RunFor(ControlDelay * 10);
        _loop.Dispose();
    }

    private void BuildNetwork()
    {
        var switchOptions = new EmulatedSwitchOptions { FlowModsPerSecond = FlowModsPerSecond };
        for (uint i = 1; i <= 4; i++) _network.AddSwitch($"s{i}", new DatapathId(i), switchOptions);
        EmulatedHost h1 = AddHost(1);
        EmulatedHost h2 = AddHost(2);
        var link = new LinkOptions { Delay = LinkDelay, JitterFraction = JitterFraction };
        _network.Connect(_network.Switch("s1"), new PortNumber(1), h1, link);
        _network.Connect(_network.Switch("s2"), new PortNumber(2), h2, link);
        Cable("s1", 2, "s3", 1);
        Cable("s3", 2, "s2", 1);
        Cable("s1", 3, "s4", 1);
        Cable("s4", 2, "s2", 3);
        foreach (EmulatedSwitch each in _network.Switches)
            _controller.Attach(_network.ConnectControl(each, ControlDelay, JitterFraction));

        void Cable(string a, uint portA, string b, uint portB) => _network.Connect(
            _network.Switch(a), new PortNumber(portA), _network.Switch(b), new PortNumber(portB), link);
    }

    private EmulatedHost AddHost(uint number) => _network.AddHost(
        $"h{number}", new MacAddress(0x0200_0000_0000UL | number), new Ipv4Address(0x0a00_0000 | number));

    private static void Require(bool isDone, string otherwise)
    {
        if (!isDone) throw new TimeoutException(otherwise);
    }
}
