using System.Net;
using Lime.Apps.Sample.Commands;
using Lime.Core.Emulation;
using Lime.Core.Hosting;
using Lime.OpenFlow.Identifiers;

namespace Lime.Tests.Sample;

/// <summary><c>serve</c> in this process, and Figure 3's switches and hosts, emulated, connected to it over
/// TCP.</summary>
internal sealed class ServedNetwork : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly CommandConsole _console;
    private readonly Task<int> _serving;
    private readonly EventLoop _loop = EventLoop.StartThread("emulated network");

    private ServedNetwork(string[] args)
    {
        _console = new CommandConsole(Output, Error);
        _serving = CommandLine.RunAsync(
            ["serve", "--openflow", "127.0.0.1:0", "--operator", "127.0.0.1:0", .. args], _console, _stop.Token);
    }

    public WatchedWriter Output { get; } = new();

    public WatchedWriter Error { get; } = new();

    public EmulatedNetwork Network { get; private set; } = null!;

    /// <summary>Where switches connect.</summary>
    public IPEndPoint OpenFlow { get; private set; } = new(0, 0);

    /// <summary>The operator API's address and port.</summary>
    public string Operator { get; private set; } = "";

    public static async Task<ServedNetwork> StartAsync(EmulatedSwitchOptions target, params string[] args)
    {
        var served = new ServedNetwork(args);
        string listening = await served.Output.LineAsync("listening for OpenFlow switches on ");
        string api = await served.Output.LineAsync("operator API on ");
        served.Operator = new Uri(api.Split(' ')[3]).Authority;
        served.OpenFlow = IPEndPoint.Parse(listening.Split(' ')[^1]);
        await served.ConnectAsync(target);
        return served;
    }

    /// <summary>Does something on the emulated network's loop.</summary>
    public Task<T> OnLoopAsync<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _loop.Post(() =>
        {
            try
            {
                done.SetResult(work());
            }
            catch (Exception exception)
            {
                done.SetException(exception);
            }
        });
        return done.Task;
    }

    /// <summary>As Ctrl-C does.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> StopAsync()
    {
        await _stop.CancelAsync();
        return await _serving;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _loop.Dispose();
        _stop.Dispose();
        _console.Dispose();
        await Output.DisposeAsync();
        await Error.DisposeAsync();
    }

    private async Task ConnectAsync(EmulatedSwitchOptions target)
    {
        EmulatedSwitch[] switches = await OnLoopAsync(() => BuildFigure3(target));
        foreach (EmulatedSwitch each in switches) await await OnLoopAsync(() => each.ConnectTcpAsync(OpenFlow));
        foreach (EmulatedSwitch each in switches) await Error.LineAsync($"{each.Name} connected");
        foreach (string name in (string[])["s1", "s2", "s3"]) await Output.LineAsync($"switch {name} is up");
    }

    private EmulatedSwitch[] BuildFigure3(EmulatedSwitchOptions target)
    {
        Network = new EmulatedNetwork(_loop, seed: 1);
        EmulatedSwitch s1 = Network.AddSwitch("s1", new DatapathId(1));
        EmulatedSwitch s2 = Network.AddSwitch("s2", new DatapathId(2));
        EmulatedSwitch s3 = Network.AddSwitch("s3", new DatapathId(3));
        EmulatedSwitch s4 = Network.AddSwitch("s4", new DatapathId(4), target);
        EmulatedHost h1 = Network.AddHost("h1", new MacAddress(0x0200_0000_0001), Ipv4Address.Parse("10.0.0.1"));
        EmulatedHost h2 = Network.AddHost("h2", new MacAddress(0x0200_0000_0002), Ipv4Address.Parse("10.0.0.2"));
        Network.Connect(s1, new(1), h1);
        Network.Connect(s2, new(2), h2);
        Network.Connect(s1, new(2), s3, new(1));
        Network.Connect(s3, new(2), s2, new(1));
        Network.Connect(s1, new(3), s4, new(1));
        Network.Connect(s4, new(2), s2, new(3));
        return [s1, s2, s3, s4];
    }
}
