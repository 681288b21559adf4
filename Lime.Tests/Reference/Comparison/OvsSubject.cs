using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Net.Sockets;
using Lime.OpenFlow;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Tests.Reference.Comparison;

/// <summary>A bridge of a real Open vSwitch on its dummy data path.</summary>
/// <remarks>Counters and timeouts are brought up to date by a full round of the revalidators after each input: what
/// Open vSwitch does late is not the matter here.</remarks>
internal sealed class OvsSubject : ISubject
{
    private const int PcapHeaderBytes = 24;
    private const int PcapRecordBytes = 16;

    private static int _number;

    private readonly DummyOvs _ovs;
    private readonly string _bridge;
    private readonly uint _portCount;
    private readonly OvsConnection _connection;
    private readonly long[] _read;
    private TimeSpan _now;

    public OvsSubject(DummyOvs ovs, OpenFlowVersion version, uint portCount)
    {
        _ovs = ovs;
        _portCount = portCount;
        _bridge = $"b{Interlocked.Increment(ref _number)}";
        _read = [.. Enumerable.Repeat((long)PcapHeaderBytes, (int)portCount + 1)];
        string path = $"{ovs.Folder}/{_bridge}.of";
        using Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
        string protocol = version == OpenFlowVersion.V10 ? "OpenFlow10" : "OpenFlow13";
        List<string> plan = ["add-br", _bridge, "--", "set", "bridge", _bridge, "datapath_type=dummy",
            "fail_mode=secure", $"protocols={protocol}"];
        for (uint i = 1; i <= portCount; i++)
        {
            plan.AddRange(["--", "add-port", _bridge, Port(i), "--", "set", "interface", Port(i), "type=dummy",
                $"ofport_request={i}", $"options:tx_pcap={Pcap(i)}"]);
        }
        plan.AddRange(["--", "set-controller", _bridge, $"unix:{path}"]);
        ovs.Configure(plan);
        _connection = new OvsConnection(listener.Accept(), version);
        ovs.Tell("time/stop");
        Ports = ReadPorts(version);
    }

    public ImmutableArray<PortDescription> Ports { get; }

    public ImmutableArray<ReferenceOutput> Do(ReferenceInput input)
    {
        List<ReferenceOutput> outputs = [];
        Perform(input);
        // One turn of its loop takes the frame in, the next hands packets up; a purge credits what the data path has
        // counted.
        for (int turn = 0; turn < 2; turn++) _connection.Sync(outputs);
        if (input is FrameInput) _ovs.Tell("revalidator/purge");
        return [.. NewFrames(), .. outputs];
    }

    /// <remarks>Flow-removed and packet-ins are handed over by other threads of Open vSwitch, each when it comes to
    /// it.</remarks>
    public ImmutableArray<ReferenceOutput> Await()
    {
        List<ReferenceOutput> outputs = [];
        _connection.Sync(outputs);
        return [.. NewFrames(), .. outputs];
    }

    public void Dispose()
    {
        _connection.Dispose();
        _ovs.Configure("del-br", _bridge);
    }

    private void Perform(ReferenceInput input)
    {
        switch (input)
        {
            case TimeInput time:
                int milliseconds = (int)(time.Now - _now).TotalMilliseconds;
                _now = time.Now;
                _ovs.Warp(milliseconds);
                break;
            case FrameInput frame:
                _ovs.Tell("netdev-dummy/receive", Port(frame.Port.Value), Convert.ToHexString(frame.Bytes.AsSpan()));
                break;
            case FlowModInput flowMod:
                _connection.Send(flowMod.Xid, flowMod.Mod);
                break;
            case PacketOutInput packetOut:
                _connection.Send(packetOut.Xid, new PacketOut
                {
                    BufferId = packetOut.Buffer,
                    InPort = packetOut.InPort,
                    Actions = packetOut.Actions,
                    Data = packetOut.Bytes.AsSpan(),
                });
                break;
            case CommandInput command:
                _connection.Send(command.Xid, command.Message);
                break;
            default:
                throw new ArgumentException($"{input} can't be done.", nameof(input));
        }
    }

    /// <summary>What the ports have sent since the last time, from the files that they write.</summary>
    private IEnumerable<FrameOutput> NewFrames()
    {
        for (uint port = 1; port <= _portCount; port++)
        {
            byte[] file = File.ReadAllBytes(Pcap(port));
            while (_read[port] < file.Length)
            {
                int at = (int)_read[port];
                int length = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at + 8));
                at += PcapRecordBytes;
                _read[port] = at + length;
                yield return new FrameOutput(new(port), [.. file.AsSpan(at, length)]);
            }
        }
    }

    private ImmutableArray<PortDescription> ReadPorts(OpenFlowVersion version)
    {
        List<ReferenceOutput> outputs = [];
        _connection.Send(new(2),
            version == OpenFlowVersion.V10 ? new FeaturesRequest() : new PortDescriptionRequest());
        _connection.Sync(outputs);
        IEnumerable<PortDescription> ports = outputs.OfType<MessageOutput>().Select(output => output.Message)
            .SelectMany(message => message switch
            {
                FeaturesReply features => features.Ports,
                PortDescriptionReply descriptions => descriptions.Ports,
                _ => [],
            });
        return [.. ports.Where(port => port.Port.IsPhysical).OrderBy(port => port.Port.Value)
            .Select(port => port with { State = 0 })];
    }

    private string Port(uint number) => $"{_bridge}p{number}";

    private string Pcap(uint number) => $"{_ovs.Folder}/{Port(number)}.pcap";
}
