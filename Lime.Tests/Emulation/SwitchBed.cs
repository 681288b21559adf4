using System.IO.Pipelines;
using Lime.Core.Emulation;
using Lime.Core.Hosting;
using Lime.OpenFlow;
using Lime.OpenFlow.Transport;

namespace Lime.Tests.Emulation;

/// <summary>One switch with three hosts on ports 1..3, in virtual time, under a scripted
/// controller.</summary>
internal sealed class SwitchBed : IDisposable
{
    private readonly OpenFlowVersion _version;

    public SwitchBed(EmulatedSwitchOptions? options = null, OpenFlowVersion version = OpenFlowVersion.V10)
    {
        _version = version;
        Loop = EventLoop.CreateManual();
        Network = new EmulatedNetwork(Loop, seed: 1);
        Switch = Network.AddSwitch("s1", new(0x1234), options);
        for (uint i = 1; i <= 3; i++)
        {
            EmulatedHost host = Network.AddHost($"h{i}", new(i), new(i));
            Network.Connect(Switch, new(i), host);
        }
        Network.Tap = OnFrame;
        Controller = Connect();
    }

    public EventLoop Loop { get; }

    public EmulatedNetwork Network { get; }

    public EmulatedSwitch Switch { get; }

    public ScriptedController Controller { get; set; }

    /// <summary>What reached the hosts: which one, and the frame.</summary>
    public List<(string Host, byte[] Frame)> Delivered { get; } = [];

    public string DeliveredTo => string.Join(' ', Delivered.Select(item => item.Host).Order());

    public ScriptedController Connect()
    {
        (IDuplexPipe ours, IDuplexPipe theirs) = InMemoryTransport.CreatePair(Loop.Scheduler, Loop.Scheduler);
        _ = Switch.Connect(theirs);
        return new ScriptedController(Loop, ours, _version);
    }

    /// <summary>Runs for a second of virtual time, in which all that is on its way arrives.</summary>
    public void Run() => Loop.RunFor(TimeSpan.FromSeconds(1));

    /// <summary>Sends a frame from a host and lets it arrive.</summary>
    public void SendFrom(string host, byte[] frame)
    {
        Network.Host(host).SendFrame(frame);
        Run();
    }

    public void Dispose() => Loop.Dispose();

    private void OnFrame(in FrameEvent e)
    {
        if (e.Kind != FrameEventKind.Delivered || e.To.Node == "s1") return;
        Delivered.Add((e.To.Node, e.Frame.ToArray()));
    }
}
