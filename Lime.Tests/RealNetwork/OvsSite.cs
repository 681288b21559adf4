namespace Lime.Tests.RealNetwork;

/// <summary>A place with its own Open vSwitch: a namespace, the two daemons, a folder, and
/// bridges.</summary>
/// <remarks>Life cycle: ready when constructed; <see cref="Dispose"/> ends the daemons, then
/// removes the namespace and the folder. A constructor that fails removes what it had
/// made.</remarks>
internal sealed class OvsSite : IDisposable
{
    private readonly string _folder;
    private OvsDaemons? _daemons;

    /// <param name="name">The namespace's and folder's name, from
    /// <see cref="NetworkNames"/>.</param>
    public OvsSite(string name)
    {
        _folder = Path.Combine(Path.GetTempPath(), name);
        Namespace = new NetworkNamespace(name);
        try
        {
            Directory.CreateDirectory(_folder);
            _daemons = new OvsDaemons(Namespace, _folder);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public NetworkNamespace Namespace { get; }

    public OvsDaemons Daemons => _daemons ?? throw new ObjectDisposedException(nameof(OvsSite));

    /// <summary>Adds a bridge; the links that it takes as ports exist in the namespace
    /// already.</summary>
    public OvsBridge AddBridge(OvsBridgePlan plan)
    {
        Daemons.Configure(plan.ToArguments());
        return new OvsBridge(Daemons, plan, $"unix:{_folder}/{plan.Name}.mgmt");
    }

    /// <summary>What the switch process wrote to its log: the reason when a connection
    /// fails.</summary>
    public string ReadSwitchLog() => File.ReadAllText(Path.Combine(_folder, "ovs-vswitchd.log"));

    public void Dispose()
    {
        _daemons?.Dispose();
        _daemons = null;
        Namespace.Dispose();
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }
}
