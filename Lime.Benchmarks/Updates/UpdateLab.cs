using System.Buffers.Binary;
using System.IO.Pipelines;
using Lime.Apps.Sample.Apps;
using Lime.Benchmarks.Overhead;
using Lime.Core.Apps;
using Lime.Core.Emulation;
using Lime.Core.Hosting;
using Lime.Core.Migration;
using Lime.Core.Switches;
using Lime.OpenFlow;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;

namespace Lime.Benchmarks.Updates;

/// <summary>A virtual switch of one or more instances, hosts that send through each of them by one rule, and an app
/// that changes this rule again and again.</summary>
/// <remarks>Everything is emulated, in virtual time: the figures are the same in each run, and the time is that
/// of control channels of <see cref="UpdateOptions.ControlDelay"/>, not of any computer. Threading: the caller's thread
/// runs everything.</remarks>
internal sealed class UpdateLab : IDisposable
{
    private const ushort Port = 7;
    private static readonly DatapathId First = new(1);
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(1);

    private readonly EventLoop _loop = EventLoop.CreateManual();
    private readonly EmulatedNetwork _network;
    private readonly LayeredController _controller;
    private readonly UpdateOptions _options;
    private readonly List<(EmulatedHost From, EmulatedHost To)> _pairs = [];
    private readonly Dictionary<Ipv4Address, uint> _newest = [];
    private uint _sent;
    private long _arrived;
    private long _overtaken;

    public UpdateLab(int instances, UpdateOptions options)
    {
        _options = options;
        _network = new EmulatedNetwork(_loop, 1);
        _controller = new LayeredController(
            new LimeOptions
            {
                Channel = new ChannelOptions { Versions = [options.Version] },
                Spares = [.. Enumerable.Range(2, instances - 1).Select(number => new DatapathId((ulong)number))],
            },
            new LearningSwitch(),
            _loop);
        for (uint number = 1; number <= instances; number++) Add(number);
        _loop.RunFor(Settling);
        for (uint number = 2; number <= instances; number++)
        {
            DatapathId spare = new(number);
            if (!_loop.Run(() => _controller.TryJoin(First, spare), Settling))
                throw new InvalidOperationException($"{spare} did not join.");
        }
    }

    /// <summary>Runs once.</summary>
    public UpdateRun Run()
    {
        IVirtualSwitch changed = _controller.Switches.Single();
        UpdateAccount account = _controller.BeginUpdates(First);
        _loop.Post(() => changed.Send(Rule(0, FlowModCommand.Add)));
        _loop.RunFor(Settling);
        UpdateCosts before = account.Costs;
        long messagesBefore = _controller.Messages;
        long updates = 0;
        using (Every(_options.PacketsPerSecond, SendAll))
        using (Every(_options.UpdatesPerSecond, () => changed.Send(Rule(++updates, FlowModCommand.ModifyStrict))))
            _loop.RunFor(_options.Duration);
        _loop.RunFor(Settling);
        UpdateCosts costs = account.Costs;
        long messages = _controller.Messages - messagesBefore;
        bool isAlone = costs.Transactions == before.Transactions;
        // One switch is told, and nobody waits: how long it takes shows a barrier.
        double alone = isAlone ? MeasureBarrier(changed) : 0;
        return new UpdateRun
        {
            Instances = _pairs.Count,
            Updates = updates,
            Packets = _sent * (long)_pairs.Count,
            PacketIns = costs.GuardPacketIns,
            HeldPackets = costs.HeldPackets,
            HeldBytes = costs.HeldBytes,
            HeldMsMax = costs.HeldTimeMax.TotalMilliseconds,
            Overtaken = _overtaken,
            Lost = (_sent * (long)_pairs.Count) - _arrived,
            Messages = messages,
            UpdateMs = isAlone
                ? alone
                : (costs.UpdateTime - before.UpdateTime).TotalMilliseconds / (costs.Transactions - before.Transactions),
            UpdateMsMax = isAlone ? alone : costs.UpdateTimeMax.TotalMilliseconds,
        };
    }

    public void Dispose()
    {
        _ = _controller.DisposeAsync().AsTask();
        _loop.RunFor(TimeSpan.FromMilliseconds(1));
        _loop.Dispose();
    }

    private void Add(uint number)
    {
        EmulatedSwitch added = _network.AddSwitch(
            $"s{number}", new DatapathId(number), new EmulatedSwitchOptions { Versions = [_options.Version] });
        EmulatedHost from = AddHost(number * 2), to = AddHost((number * 2) + 1);
        _network.Connect(added, new PortNumber(1), from);
        _network.Connect(added, new PortNumber(2), to);
        from.AddNeighbour(to.Ip, to.Mac);
        to.ReceiveUdp(Port, Receive);
        _pairs.Add((from, to));
        IDuplexPipe transport = _network.ConnectControl(added, _options.ControlDelay);
        _controller.Attach(transport);
    }

    private EmulatedHost AddHost(uint number) => _network.AddHost(
        $"h{number}", new MacAddress(0x0200_0000_0000UL | number), new Ipv4Address(0x0a00_0000 | number));

    private ITimer Every(int timesPerSecond, Action action)
    {
        TimeSpan interval = TimeSpan.FromSeconds(1.0 / timesPerSecond);
        return _loop.Time.CreateTimer(_ => action(), null, interval, interval);
    }

    private void SendAll()
    {
        Span<byte> payload = stackalloc byte[64];
        BinaryPrimitives.WriteUInt32BigEndian(payload, ++_sent);
        foreach ((EmulatedHost from, EmulatedHost to) in _pairs) from.SendUdp(to.Ip, Port, Port, payload);
    }

    private void Receive(EmulatedHost host, in UdpDatagram datagram)
    {
        uint number = BinaryPrimitives.ReadUInt32BigEndian(datagram.Payload);
        uint newest = _newest.GetValueOrDefault(host.Ip);
        _arrived++;
        if (number < newest) _overtaken++;
        _newest[host.Ip] = Math.Max(number, newest);
    }

    private double MeasureBarrier(IVirtualSwitch changed)
    {
        TimeSpan start = _network.Now;
        Task barrier = changed.BarrierAsync().AsTask();
        if (!_loop.Run(() => barrier.IsCompleted, Settling)) throw new TimeoutException("No barrier.");
        return (_network.Now - start).TotalMilliseconds;
    }

    private static FlowMod Rule(long round, FlowModCommand command) => new()
    {
        Command = command,
        Match = Match.Any.WithEthType(0x0800).WithIpProtocol(17).WithTransportDestination(Port),
        Priority = 300,
        Actions = ActionList.Of(
            FlowAction.SetIpTos((byte)(4 * (round % 8))), FlowAction.Output(new PortNumber(2))),
    };
}
