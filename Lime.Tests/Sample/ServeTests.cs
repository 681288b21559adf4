using System.Net;
using System.Net.Sockets;
using Lime.Apps.Sample.Commands;
using Lime.Core.Emulation;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using NUnit.Framework;

namespace Lime.Tests.Sample;

/// <remarks>Goal: the second way to use the program, end to end: <c>serve</c> with a network file and the
/// learning switch, <c>migrate</c> beside it, pings going on, Ctrl-C. Method: both commands in this
/// process, emulated switches connected over TCP, real time.</remarks>
[Category("Socket")]
[CancelAfter(60_000)]
internal sealed class ServeTests
{
    private static readonly string[] Figure3 =
        ["--network", NetworkFileTests.SampleFile("figure3.json"), "--app", "learning-switch"];

    [Test]
    public async Task A_switch_is_migrated_under_the_learning_switch_and_no_ping_is_lost()
    {
        await using ServedNetwork served = await ServedNetwork.StartAsync(EmulatedSwitchOptions.Default, Figure3);
        Pinger pinger = await StartPingsAsync(served);

        TimeSpan from = await served.OnLoopAsync(() => served.Network.Now);
        CommandRun run = await CommandRun.OfAsync("migrate", "s3", "--to", "s4", "--operator", served.Operator);

        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.Success), run.Output + run.Error + served.Error);
        Assert.That(run.Output, Does.Contain("cloning").And.Contain("draining").And.Contain("completed"));
        PingSummary pings = await served.OnLoopAsync(() => pinger.Summarise(from, served.Network.Now));
        Assert.That(pings.Received, Is.GreaterThan(50), pings.ToString());
        Assert.That((pings.Lost, pings.Duplicates, pings.Reordered), Is.EqualTo((0, 0, 0)), pings.ToString());
        await served.Output.LineAsync("migration 1 completed");
        Assert.That(await served.OnLoopAsync(() => served.Network.Switch("s3").FlowCount), Is.Zero);
        Assert.That(await served.OnLoopAsync(() => served.Network.Switch("s4").FlowCount), Is.Positive);
        Assert.That(await served.StopAsync(), Is.EqualTo(ExitCode.Success));
        Assert.That(served.Output.ToString(), Does.EndWith("stopped" + Environment.NewLine));
    }

    [Test]
    public async Task Ctrl_C_aborts_the_migration_under_way_and_says_so()
    {
        var slow = new EmulatedSwitchOptions { FlowModsPerSecond = 2000 };
        await using ServedNetwork served = await ServedNetwork.StartAsync(slow, Figure3);
        await InstallRulesThroughReconnectAsync(served, 10_000);
        Task<CommandRun> migrate = CommandRun.OfAsync(
            "migrate", "s3", "--to", "0x4", "--operator", served.Operator);
        await served.Output.LineAsync("migration 1 cloning");

        Assert.That(await served.StopAsync(), Is.EqualTo(ExitCode.Success));

        string said = served.Output.ToString();
        Assert.That(said, Does.Contain("aborting migration 1 of s3").And.Contain("migration 1 aborted"));
        Assert.That((await migrate).ExitCode, Is.EqualTo(ExitCode.Aborted));
        int rules = await served.OnLoopAsync(() => served.Network.Switch("s3").FlowCount);
        Assert.That(rules, Is.EqualTo(10_001), "and Lime's own, for what no rule matches");
    }

    [Test]
    public async Task A_target_that_is_not_connected_ends_as_aborted_with_the_reason()
    {
        await using ServedNetwork served = await ServedNetwork.StartAsync(EmulatedSwitchOptions.Default, Figure3);

        CommandRun run = await CommandRun.OfAsync("migrate", "s3", "--to", "0xbad", "--operator", served.Operator);

        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.Aborted));
        Assert.That(run.Output, Does.Contain("aborted").And.Contain("0000000000000bad"));
    }

    [Test]
    public async Task A_port_in_use_ends_with_code_2_and_says_what_to_do()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();

        CommandRun run = await CommandRun.OfAsync("serve", "--openflow", $"{taken.LocalEndpoint}");

        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.CouldNotStart));
        Assert.That(run.Error.Trim().Split('\n'), Has.Length.EqualTo(1));
        Assert.That(run.Error, Does.Contain("cannot listen here").And.Contain("Choose another"));
    }

    /// <summary>Starts pings and waits until they go by rules alone: while the first ones still go through
    /// the app, later ones may overtake them, as under any learning switch.</summary>
    private static async Task<Pinger> StartPingsAsync(ServedNetwork served)
    {
        EmulatedHost h1 = await served.OnLoopAsync(() => served.Network.Host("h1"));
        var options = new PingerOptions { Interval = TimeSpan.FromMilliseconds(10) };
        Pinger pinger = await served.OnLoopAsync(() => h1.CreatePinger(Ipv4Address.Parse("10.0.0.2"), options));
        await served.OnLoopAsync(() =>
        {
            pinger.Start();
            return true;
        });
        while ((await served.OnLoopAsync(pinger.Summarise)).Received < 20) await Task.Yield();
        return pinger;
    }

    /// <summary>Puts rules on s3 behind the controller's back, which adopts them when the switch connects
    /// again.</summary>
    private static async Task InstallRulesThroughReconnectAsync(ServedNetwork served, int count)
    {
        EmulatedSwitch s3 = served.Network.Switch("s3");
        await served.OnLoopAsync(() =>
        {
            for (int i = 0; i < count; i++)
            {
                s3.Install(new FlowMod
                {
                    Match = Match.Any.WithEthDestination(new MacAddress((ulong)i)),
                    Actions = ActionList.Output(new PortNumber(1)),
                });
            }
            s3.Disconnect();
            return true;
        });
        await served.Output.LineAsync("switch s3 is down");
        await await served.OnLoopAsync(() => s3.ConnectTcpAsync(served.OpenFlow));
        await served.Error.LineAsync($"adopted {count} rules");
    }
}
