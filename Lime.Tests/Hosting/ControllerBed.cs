using System.Collections.Immutable;
using Lime.Core.Apps;
using Lime.Core.Emulation;
using Lime.Core.Hosting;
using Lime.Core.Switches;
using Lime.OpenFlow;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;
using NUnit.Framework;

namespace Lime.Tests.Hosting;

/// <summary>A controller over emulated switches and hosts, all on one loop in virtual time.</summary>
internal sealed class ControllerBed : IDisposable
{
    public static readonly TimeSpan ControlDelay = TimeSpan.FromMilliseconds(1);

    public ControllerBed(LimeOptions options, int seed, params IControllerApp[] apps)
    {
        Network = new EmulatedNetwork(Loop, seed);
        Loop.UnhandledException = Escaped.Add;
        Controller = new LimeController(options, apps, loop: Loop);
    }

    /// <summary>The usual options, but of a controller that speaks 1.0 alone.</summary>
    public static LimeOptions Of10 { get; } = new()
    {
        Channel = ChannelOptions.Default with { Versions = [OpenFlowVersion.V10] },
    };

    public EventLoop Loop { get; } = EventLoop.CreateManual();

    /// <summary>What escaped from work on the loop; has to stay empty.</summary>
    public List<Exception> Escaped { get; } = [];

    public EmulatedNetwork Network { get; }

    public LimeController Controller { get; }

    /// <summary>Adds a switch with a host h{datapath}{port} on each of its ports.</summary>
    public EmulatedSwitch AddSwitch(uint datapath, int hosts = 2, EmulatedSwitchOptions? options = null)
    {
        EmulatedSwitch added = Network.AddSwitch($"s{datapath}", new DatapathId(datapath), options);
        for (uint port = 1; port <= hosts; port++)
        {
            uint number = (datapath * 10) + port;
            Network.Connect(added, new PortNumber(port), AddHost($"h{number}", number));
        }
        return added;
    }

    public EmulatedHost AddHost(string name, uint number) => Network.AddHost(
        name, new MacAddress(0x0200_0000_0000UL | number), new Ipv4Address(0x0a00_0000 | number));

    public void Connect(EmulatedSwitch node, double jitterFraction = 0) =>
        Controller.Attach(Network.ConnectControl(node, ControlDelay, jitterFraction));

    /// <summary>Connects and lets the handshake and the reading of the table end.</summary>
    public void ConnectAndSettle(params EmulatedSwitch[] nodes)
    {
        foreach (EmulatedSwitch each in nodes) Connect(each);
        RunMs(100);
    }

    public VirtualSwitch Virtual(string name) =>
        (VirtualSwitch)Controller.VirtualSwitches.Single(each => each.Name == name);

    public void RunMs(double durationMs) => Loop.RunFor(TimeSpan.FromMilliseconds(durationMs));

    public bool RunUntil(Func<bool> until, double timeoutMs = 60_000) =>
        Loop.Run(until, TimeSpan.FromMilliseconds(timeoutMs));

    /// <summary>Does something on the loop now.</summary>
    public T Do<T>(Func<T> action)
    {
        T result = default!;
        bool isDone = false;
        Loop.Post(() =>
        {
            result = action();
            isDone = true;
        });
        if (!Loop.Run(() => isDone, TimeSpan.FromSeconds(1))) throw new TimeoutException();
        return result;
    }

    /// <summary>Starts an operation on the loop.</summary>
    public Task<T> Begin<T>(Func<ValueTask<T>> operation) => Do(() => operation().AsTask());

    /// <summary>Runs an operation on the loop to its end.</summary>
    public T Await<T>(Func<ValueTask<T>> operation) =>
        Loop.RunUntilDone(Begin(operation), TimeSpan.FromMinutes(5));

    public void Barrier(IVirtualSwitch virtualSwitch) => Await(async () =>
    {
        await virtualSwitch.BarrierAsync();
        return true;
    });

    public SendResult Send(IVirtualSwitch virtualSwitch, FlowMod flowMod) => Do(() => virtualSwitch.Send(flowMod));

    public ImmutableArray<FlowStatistics> Flows(IVirtualSwitch virtualSwitch) => Await(() =>
        virtualSwitch.GetFlowsAsync(new FlowStatisticsRequest(Match.Any, TableId.All, PortNumber.Any)));

    /// <summary>Match, priority, cookie and actions of rules, in an order that doesn't depend on where they
    /// are.</summary>
    public static string[] Describe(IEnumerable<FlowStatistics> flows) =>
        [.. flows.Select(each => $"{each.Priority} {each.Match} {each.Cookie} {each.Actions}").Order()];

    public static FlowMod Forward(uint inPort, uint outPort, ushort priority = 100) => new()
    {
        Match = Match.Any.WithInPort(new PortNumber(inPort)),
        Priority = priority,
        Actions = ActionList.Output(new PortNumber(outPort)),
    };

    public void Dispose()
    {
        _ = Controller.DisposeAsync().AsTask();
        RunMs(10);
        Loop.Dispose();
        if (Escaped.Count > 0) throw new AssertionException($"Escaped on the loop: {Escaped[0]}", Escaped[0]);
    }
}
