using Lime.Tests.Checking;

namespace Lime.Tests.Simulation;

/// <summary>What hosts send: packets of their own accord, and answers to what they receive, which depend on it.</summary>
/// <remarks>Threading: the loop's.</remarks>
internal sealed class HostTraffic
{
    /// <summary>How many answers to answers there are at most.</summary>
    private const int DepthMax = 4;

    private readonly SimulatedNetwork _network;
    private readonly Scenario _scenario;
    private readonly Random _dice;
    private readonly Dictionary<uint, int> _depths = [];
    private uint _lastId;
    private bool _isStopped;

    public HostTraffic(SimulatedNetwork network, Scenario scenario, Random dice)
    {
        _network = network;
        _scenario = scenario;
        _dice = dice;
        network.Tap.Received = OnReceived;
    }

    public void Start()
    {
        for (int i = 1; i <= _scenario.Hosts; i++) SendLater(i);
    }

    public void Stop() => _isStopped = true;

    private void SendLater(int host)
    {
        double waitMs = -Math.Log(1 - _dice.NextDouble()) * _scenario.PacketIntervalMs;
        Timers.After(_network.Bed.Loop, waitMs, () =>
        {
            if (_isStopped) return;
            uint to = _dice.Next(6) == 0 ? MarkedFrame.Everybody : (uint)_dice.Next(1, _scenario.Hosts + 1);
            Send(host, to, 0);
            SendLater(host);
        });
    }

    private void Send(int host, uint to, int depth)
    {
        uint id = ++_lastId;
        _depths[id] = depth;
        _network.Host(host).SendFrame(MarkedFrame.Udp4((uint)host, to, id, 1000, (ushort)(2000 + _dice.Next(4))));
    }

    /// <summary>Answers at once, or a little later; it may answer every copy.</summary>
    private void OnReceived(string name, byte[] frame)
    {
        int host = int.Parse(name.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture);
        int depth = _depths[PacketMark.TryRead(frame)!.Value];
        if (_isStopped || depth >= DepthMax || _dice.Next(3) != 0) return;
        uint to = MarkedFrame.SourceOf(frame);
        if (_dice.Next(2) == 0) _network.Bed.Loop.Post(() => Send(host, to, depth + 1));
        else Timers.After(_network.Bed.Loop, _dice.NextDouble(), () => Send(host, to, depth + 1));
    }
}
