using System.Net;
using NUnit.Framework;

namespace Lime.Tests.RealNetwork;

/// <summary>The network of the paper's Figure 3 on Open vSwitch.</summary>
/// <remarks>
/// <code>
/// h1 --- 1 s1 2 --- 1 s3 2 --- 1 s2 2 --- h2
///           3                     3
///           +------ 1 s4 2 -------+          The numbers are OpenFlow port numbers.
/// </code>
/// s1 and s2 share a vswitchd, s3 and s4 have one each. Datapath ids are 1 to 4. No rule
/// is in any table, and no controller is set, at first.
/// Life cycle: ready when constructed; <see cref="Dispose"/> says what the kernel dropped, if it
/// did, and leaves nothing behind; a constructor that fails removes what it had made.
/// </remarks>
internal sealed class FigureThreeNetwork : IDisposable
{
    private readonly string _name = NetworkNames.Next();
    private readonly ManagementAddresses _addresses = ManagementAddresses.Unused();
    private readonly Stack<IDisposable> _parts = new();
    private readonly KernelDrops? _drops;

    public FigureThreeNetwork(FigureThreeOptions? options = null)
    {
        options ??= new FigureThreeOptions();
        LeftoverSweep.Run();
        try
        {
            HostOne = Own(new RealHost($"{_name}-h1", IPAddress.Parse("10.0.0.1"), "02:00:00:00:00:01"));
            HostTwo = Own(new RealHost($"{_name}-h2", IPAddress.Parse("10.0.0.2"), "02:00:00:00:00:02"));
            // Their daemons start side by side, which is most of what a network takes to be there.
            OvsSite[] sites = SideBySide.Run(["edge", "s3", "s4"], AddSite);
            (EdgeSite, SourceSite, TargetSite) = (sites[0], sites[1], sites[2]);
            ConnectLinks();
            ConfigureHosts(options.HasStaticArp);
            using ReceiveBuffers buffers = new();
            S1 = EdgeSite.AddBridge(Plan("s1", 1, 3, options));
            S2 = EdgeSite.AddBridge(Plan("s2", 2, 3, options));
            S3 = SourceSite.AddBridge(Plan("s3", 3, 2, options));
            S4 = TargetSite.AddBridge(Plan("s4", 4, 2, options));
            _drops = new KernelDrops([HostOne.Namespace, HostTwo.Namespace,
                EdgeSite.Namespace, SourceSite.Namespace, TargetSite.Namespace]);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Where a controller in the test process listens, so that all sites reach
    /// it.</summary>
    public IPAddress ControllerAddress => _addresses.Controller;

    public RealHost HostOne { get; }

    public RealHost HostTwo { get; }

    /// <summary>The site of s1 and s2.</summary>
    public OvsSite EdgeSite { get; }

    public OvsSite SourceSite { get; }

    public OvsSite TargetSite { get; }

    public OvsBridge S1 { get; }

    public OvsBridge S2 { get; }

    public OvsBridge S3 { get; }

    public OvsBridge S4 { get; }

    /// <summary>Points all four switches at the controller.</summary>
    public void SetController(IPEndPoint controller)
    {
        foreach (OvsBridge bridge in (OvsBridge[])[S1, S2, S3, S4])
            bridge.SetController(controller);
    }

    public void Dispose()
    {
        foreach (string drop in _drops?.Describe() ?? [])
            TestContext.Out.WriteLine($"Outside the controller: {drop}");
        foreach (ManagementLink each in _parts.OfType<ManagementLink>()) each.Dispose();
        SideBySide.Run(_parts.ToArray(), static part =>
        {
            part.Dispose();
            return true;
        });
        _parts.Clear();
    }

    private static OvsBridgePlan Plan(
        string name, ulong datapathId, int portCount, FigureThreeOptions options) =>
        new(name, datapathId, [.. Enumerable.Range(1, portCount).Select(port => $"{name}-{port}")],
            options.Protocols);

    private OvsSite AddSite(string site)
    {
        OvsSite added = Own(new OvsSite($"{_name}-{site}"));
        IPAddress address;
        lock (_parts) address = _addresses.NextSite();
        Own(new ManagementLink(NetworkNames.RootLink(_name, site), added.Namespace, ControllerAddress, address));
        return added;
    }

    private void ConnectLinks()
    {
        NetworkNamespace edge = EdgeSite.Namespace;
        NetworkNamespace.Connect(HostOne.Namespace, RealHost.Link, edge, "s1-1");
        NetworkNamespace.Connect(edge, "s1-2", SourceSite.Namespace, "s3-1");
        NetworkNamespace.Connect(edge, "s1-3", TargetSite.Namespace, "s4-1");
        NetworkNamespace.Connect(edge, "s2-1", SourceSite.Namespace, "s3-2");
        NetworkNamespace.Connect(edge, "s2-2", HostTwo.Namespace, RealHost.Link);
        NetworkNamespace.Connect(edge, "s2-3", TargetSite.Namespace, "s4-2");
    }

    private void ConfigureHosts(bool hasStaticArp)
    {
        HostOne.ConfigureLink();
        HostTwo.ConfigureLink();
        if (!hasStaticArp)
            return;
        HostOne.AddNeighbour(HostTwo);
        HostTwo.AddNeighbour(HostOne);
    }

    private T Own<T>(T part)
        where T : IDisposable
    {
        lock (_parts) _parts.Push(part);
        return part;
    }
}
