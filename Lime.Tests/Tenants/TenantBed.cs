using System.Collections.Immutable;
using System.Text;
using Lime.Core.Emulation;
using Lime.Core.Hosting;
using Lime.Core.Networks;
using Lime.Core.Switches;
using Lime.OpenFlow;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.Tests.Emulation;
using Lime.Tests.Hosting;

namespace Lime.Tests.Tenants;

/// <summary>Two tenants, red and blue, with three hosts each that have the same addresses: on one physical switch, or,
/// to compare with, on one each. Port 7 of the shared one is nobody's.</summary>
internal sealed class TenantBed : IDisposable
{
    public const int Ports = 3;

    private readonly List<(string Host, byte[] Frame)> _delivered = [];

    public TenantBed(OpenFlowVersion version, bool isShared = true, TenantBedOptions? options = null)
    {
        options ??= new TenantBedOptions();
        var lime = new LimeOptions
        {
            UnknownRules = options.UnknownRules,
            Channel = ChannelOptions.Default with { Versions = [version] },
            Network = new NetworkDescription
            {
                PhysicalSwitches = [new("p1", new DatapathId(1)), new("p2", new DatapathId(2))],
                VirtualSwitches =
                [
                    Describe("red", 11, 1, 0) with { Quota = options.RedQuota },
                    isShared ? Describe("blue", 12, 1, Ports) : Describe("blue", 12, 2, 0),
                ],
            },
        };
        Bed = new ControllerBed(lime, 1, Red, Blue);
        Shared = Bed.Network.AddSwitch("p1", new DatapathId(1), options.Switch);
        EmulatedSwitch other = isShared ? Shared : Bed.Network.AddSwitch("p2", new DatapathId(2), options.Switch);
        for (uint i = 1; i <= Ports; i++)
        {
            Plug(Shared, i, "r", i);
            Plug(other, isShared ? i + Ports : i, "b", i);
        }
        if (isShared) Plug(Shared, 7, "u", 1);
        Bed.Network.Tap = OnFrame;
        options.Before?.Invoke(Shared);
        Bed.ConnectAndSettle(isShared ? [Shared] : [Shared, other]);
    }

    public TenantApp Red { get; } = new("red");

    public TenantApp Blue { get; } = new("blue");

    public ControllerBed Bed { get; }

    /// <summary>The physical switch that they share, or red's.</summary>
    public EmulatedSwitch Shared { get; }

    public VirtualSwitch RedSwitch => Bed.Virtual("red");

    public VirtualSwitch BlueSwitch => Bed.Virtual("blue");

    /// <summary>What reached hosts, as the host and the frame's mark.</summary>
    public IEnumerable<(string Host, string Mark)> Delivered =>
        _delivered.Select(each => (each.Host, Encoding.ASCII.GetString(each.Frame.AsSpan(^2..))));

    /// <summary>What reached the hosts of a tenant.</summary>
    public string DeliveredTo(string tenant) => string.Join(
        ' ', _delivered.Where(each => each.Host[0] == tenant[0])
            .Select(each => $"{each.Host}:{Convert.ToHexStringLower(each.Frame)}"));

    /// <summary>Frames that left one tenant's hosts, or apps, and reached another's.</summary>
    public IEnumerable<(string Host, string Mark)> Crossed => Delivered.Where(each => each.Host[0] != each.Mark[0]);

    /// <summary>A host sends a frame that is marked with its name, and it arrives.</summary>
    public void Inject(string host, ushort destination = 2000)
    {
        Bed.Network.Host(host).SendFrame(Frame(host, destination));
        Bed.RunMs(10);
    }

    /// <summary>A frame at every port there is.</summary>
    public void InjectEverywhere()
    {
        foreach (EmulatedHost each in Bed.Network.Hosts) Inject(each.Name);
    }

    public void ForgetDelivered() => _delivered.Clear();

    public static byte[] Frame(string mark, ushort destination = 2000) =>
        TestFrames.Udp(destination: destination, payload: $"from {mark}");

    public Xid Send(VirtualSwitch to, FlowMod flowMod)
    {
        Xid xid = Bed.Send(to, flowMod).Xid;
        Bed.RunMs(10);
        return xid;
    }

    public Xid Do(Func<Core.Apps.SendResult> send)
    {
        Xid xid = Bed.Do(send).Xid;
        Bed.RunMs(10);
        return xid;
    }

    public void Dispose() => Bed.Dispose();

    private static VirtualSwitchDescription Describe(string name, uint datapath, uint on, uint offset) => new(
        name, new DatapathId(datapath), new DatapathId(on),
        [.. Enumerable.Range(1, Ports).Select(i => new PortMapping(new((uint)i), new((uint)i + offset)))]);

    private void Plug(EmulatedSwitch node, uint port, string tenant, uint number)
    {
        EmulatedHost host = Bed.AddHost($"{tenant}{number}", number);
        Bed.Network.Connect(node, new PortNumber(port), host);
    }

    private void OnFrame(in FrameEvent e)
    {
        bool isAtHost = e.Kind == FrameEventKind.Delivered && !e.To.Node.StartsWith('p');
        if (isAtHost) _delivered.Add((e.To.Node, e.Frame.ToArray()));
    }
}
