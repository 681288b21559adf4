using System.Net;
using Lime.Apps.Sample.Commands;
using Lime.Tests.RealNetwork.Migrations;
using Lime.Tests.Sample;
using NUnit.Framework;

namespace Lime.Tests.RealNetwork;

/// <remarks>Goal: <c>serve --connect</c> finds an Open vSwitch that listens (<c>ptcp:</c>), and finds it again after it
/// was killed. Method: a bridge in a namespace, the command in this process; in 1.3 the rule for what no other matches
/// tells, in the switch's own words, that Lime has taken it over.</remarks>
[Category("RealNetwork")]
[NonParallelizable]
internal sealed class ListeningSwitchTests
{
    private const int Port = 6653;

    [SetUp]
    public void Check() => RealNetworkRequirements.Check();

    [TestCase("1.0", "OpenFlow10", 0)]
    [TestCase("1.3", "OpenFlow13", 1)]
    [CancelAfter(120_000)]
    public async Task A_switch_that_listens_is_connected_to_and_again_after_it_was_killed(
        string version, string protocols, int ownRules)
    {
        LeftoverSweep.Run();
        string name = NetworkNames.Next();
        ManagementAddresses addresses = ManagementAddresses.Unused();
        IPAddress address = addresses.NextSite();
        using var site = new OvsSite($"{name}-ptcp");
        using var link = new ManagementLink(
            NetworkNames.RootLink(name, "ptcp"), site.Namespace, addresses.Controller, address);
        OvsBridge bridge = site.AddBridge(new OvsBridgePlan("s7", 7, [], protocols));
        var listening = new IPEndPoint(address, Port);
        using var stop = new CancellationTokenSource();
        using var output = new WatchedWriter();
        using var error = new WatchedWriter();
        using var console = new CommandConsole(output, error);
        // Nobody listens yet: that is no reason to give up either.
        Task<int> serving = CommandLine.RunAsync(
            ["serve", "--openflow", "127.0.0.1:0", "--version", version, "--connect", $"{listening}"],
            console, stop.Token);
        await error.LineAsync($"{listening}: no connection");

        bridge.Listen(listening);

        await AwaitCountAsync(output, "switch 0000000000000007 is up", 1);
        await Poll.UntilAsync(() => bridge.Ofctl.DumpRules().Count == ownRules, "it has Lime's rules");
        bridge.Daemons.KillSwitch();
        await output.LineAsync("switch 0000000000000007 is down");
        bridge.Daemons.StartSwitch();
        await AwaitCountAsync(output, "switch 0000000000000007 is up", 2);
        await Poll.UntilAsync(() => bridge.Ofctl.DumpRules().Count == ownRules, "it has Lime's rules again");
        await stop.CancelAsync();
        Assert.That(await serving, Is.EqualTo(ExitCode.Success));
    }

    private static Task AwaitCountAsync(WatchedWriter output, string line, int count) => Poll.UntilAsync(
        () => output.ToString().Split(line).Length > count, $"'{line}' {count} times");
}
