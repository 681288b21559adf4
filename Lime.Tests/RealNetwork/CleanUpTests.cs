using System.Net.NetworkInformation;
using NUnit.Framework;

namespace Lime.Tests.RealNetwork;

/// <remarks>Goal: the machine is after a test as it was before. Method: list what carries our
/// names.</remarks>
[Category("RealNetwork")]
[NonParallelizable]
internal sealed class CleanUpTests
{
    [SetUp]
    public void Check() => RealNetworkRequirements.Check();

    [Test]
    public void Nothing_is_left_after_a_network_with_a_process_still_in_it()
    {
        int[] processes;
        RunningProcess server;
        using (FigureThreeNetwork network = new())
        {
            Assert.That(OwnNames(), Has.Length.GreaterThan(5));
            server = network.HostTwo.Namespace.Start("iperf3", "-s");
            processes = [server.Id, network.EdgeSite.Daemons.SwitchProcessId,
                network.SourceSite.Daemons.SwitchProcessId, network.TargetSite.Daemons.SwitchProcessId];
        }
        server.Dispose();

        Assert.That(OwnNames(), Is.Empty);
        Assert.That(processes.Where(ProcessState.IsRunning), Is.Empty);
    }

    [Test]
    public void What_a_dead_test_process_left_is_swept()
    {
        string name = $"{NetworkNames.Prefix}{int.MaxValue}-1-s3";
        OvsSite abandoned = new(name);
        int switchProcess = abandoned.Daemons.SwitchProcessId;

        LeftoverSweep.Run();

        Assert.That(NetworkNamespace.ListNames(), Does.Not.Contain(name));
        Assert.That(Directory.Exists(Path.Combine(Path.GetTempPath(), name)), Is.False);
        Assert.That(ProcessState.IsRunning(switchProcess), Is.False);
    }

    [Test]
    public void What_a_living_test_process_made_is_not_swept()
    {
        using NetworkNamespace living = new($"{NetworkNames.Next()}-h1");

        LeftoverSweep.Run();

        Assert.That(NetworkNamespace.ListNames(), Does.Contain(living.Name));
    }

    [Test]
    public void A_site_that_cannot_start_leaves_nothing()
    {
        string name = $"{NetworkNames.Next()}-s3";
        Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), name, "conf.db"));

        Assert.That(() => new OvsSite(name), Throws.InvalidOperationException);
        Assert.That(OwnNames(), Is.Empty);
    }

    private static string OwnLinkPrefix => $"ln{Environment.ProcessId}-";

    private static string[] OwnNames() =>
        [.. NetworkNamespace.ListNames().Where(IsOwn),
            .. Directory.EnumerateDirectories(Path.GetTempPath())
                .Where(path => IsOwn(Path.GetFileName(path))),
            .. NetworkInterface.GetAllNetworkInterfaces().Select(link => link.Name)
                .Where(link => link.StartsWith(OwnLinkPrefix, StringComparison.Ordinal))];

    private static bool IsOwn(string name) => NetworkNames.OwnerOf(name) == Environment.ProcessId;
}
