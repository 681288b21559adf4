using Lime.Tests.Checking;
using Lime.Tests.Hosting;
using Lime.Tests.Simulation;

namespace Lime.Tests.TenantSimulation;

/// <summary>What a tenant's hosts send: packets of their own accord, and answers.</summary>
/// <remarks>Threading: the loop's.</remarks>
internal sealed class TenantTraffic
{
    /// <summary>How many answers to answers there are at most.</summary>
    private const int DepthMax = 4;

    private readonly ControllerBed _bed;
    private readonly TenantScenario _scenario;
    private readonly Random _dice;
    private readonly uint[] _hosts;
    private readonly Dictionary<uint, int> _depths = [];
    private readonly HashSet<string> _silent = [];
    private uint _lastId;
    private bool _isStopped;

    public TenantTraffic(ControllerBed bed, TenantScenario scenario, Random dice, TenantTap tap)
    {
        (_bed, _scenario, _dice) = (bed, scenario, dice);
        _hosts = TenantApp.HostsOf(scenario);
        tap.Received = OnReceived;
    }

    public void Start()
    {
        foreach (uint each in _hosts) SendLater(each);
    }

    public void Stop() => _isStopped = true;

    /// <summary>A host that stands still sends nothing.</summary>
    public void Silence(string host, bool isSilent)
    {
        if (isSilent) _silent.Add(host);
        else _silent.Remove(host);
    }

    private void SendLater(uint host)
    {
        double waitMs = -Math.Log(1 - _dice.NextDouble()) * _scenario.PacketIntervalMs;
        Timers.After(_bed.Loop, waitMs, () =>
        {
            if (_isStopped) return;
            Send(host, _dice.Next(6) == 0 ? MarkedFrame.Everybody : _hosts[_dice.Next(_hosts.Length)], 0);
            SendLater(host);
        });
    }

    private void Send(uint host, uint to, int depth)
    {
        if (_silent.Contains(TenantTap.HostName(host))) return;
        uint id = ++_lastId;
        _depths[id] = depth;
        _bed.Network.Host(TenantTap.HostName(host))
            .SendFrame(MarkedFrame.Udp4(host, to, id, 1000, (ushort)(2000 + _dice.Next(4))));
    }

    private void OnReceived(string name, byte[] frame)
    {
        uint host = ((name[1] - (uint)'0') * 16) + (name[2] - (uint)'0');
        int depth = _depths[PacketMark.TryRead(frame)!.Value];
        if (_isStopped || depth >= DepthMax || _dice.Next(3) != 0) return;
        uint to = MarkedFrame.SourceOf(frame);
        if (_dice.Next(2) == 0) _bed.Loop.Post(() => Send(host, to, depth + 1));
        else Timers.After(_bed.Loop, _dice.NextDouble(), () => Send(host, to, depth + 1));
    }
}
