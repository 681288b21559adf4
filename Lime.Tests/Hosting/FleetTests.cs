using System.Net;
using Lime.Core.Hosting;
using Lime.OpenFlow;
using Lime.OpenFlow.Channel;
using Lime.Tests.Packaging;
using Lime.Tests.Tidy;
using NUnit.Framework;

namespace Lime.Tests.Hosting;

/// <remarks>Goal: a whole fleet that connects in one moment completes. How fast, and with how much memory, is
/// measured by hand on a quiet machine (<c>docs/performance.md</c>): a test that shares its machine can't
/// say.</remarks>
[Category("Socket")]
public class FleetTests
{
    /// <summary>The command beside us, built as we are.</summary>
    private static string Benchmarks
    {
        get
        {
            var framework = new DirectoryInfo(AppContext.BaseDirectory);
            return Path.Combine(
                CodeBase.Root, "Lime.Benchmarks", "bin", framework.Parent!.Name, framework.Name, "Lime.Benchmarks.dll");
        }
    }

    [TestCase("1.0")]
    [TestCase("1.3")]
    public async Task A_thousand_switches_that_connect_at_once_are_all_ready(string version)
    {
        await using var controller = new LimeController(
            new LimeOptions
            {
                Listen = new IPEndPoint(IPAddress.Loopback, 0),
                Channel = new ChannelOptions { Versions = [OpenFlowVersion.V10, OpenFlowVersion.V13] },
                HandshakesAtOnceMax = 16,
            },
            []);
        controller.Start();
        string report = await DotnetCommand.RunAsync(
            CodeBase.Root, Benchmarks, "fleet", "--switches", "1000", "--version", version,
            "--connect", controller.ListenEndPoint!.ToString());
        Assert.That(report, Does.Contain("1000 ready").And.Contain("none failed"));
        Assert.That(controller.PhysicalSwitches, Has.Length.EqualTo(1000));
    }
}
