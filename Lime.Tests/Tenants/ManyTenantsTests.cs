using System.Collections.Immutable;
using System.Text;
using Lime.Core.Emulation;
using Lime.Core.Hosting;
using Lime.Core.Networks;
using Lime.OpenFlow;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.Tests.Apps;
using Lime.Tests.Hosting;
using NUnit.Framework;

namespace Lime.Tests.Tenants;

/// <remarks>Goal: a hundred tenants with the same addresses on one switch, and no frame crosses. Method: all flood,
/// every host sends.</remarks>
public sealed class ManyTenantsTests
{
    private const int Tenants = 100;

    [Test]
    public void No_frame_of_a_hundred_tenants_crosses([Values] OpenFlowVersion version)
    {
        var app = new RecordingApp();
        var options = new LimeOptions
        {
            Channel = ChannelOptions.Default with { Versions = [version] },
            Network = new NetworkDescription
            {
                PhysicalSwitches = [new("p", new DatapathId(1))],
                VirtualSwitches = [.. Enumerable.Range(0, Tenants).Select(Describe)],
            },
        };
        using var bed = new ControllerBed(options, 1, app);
        EmulatedSwitch shared = bed.Network.AddSwitch("p", new DatapathId(1));
        for (uint port = 1; port <= 2 * Tenants; port++)
        {
            EmulatedHost host = bed.AddHost($"h{port}", ((port - 1) % 2) + 1);
            bed.Network.Connect(shared, new PortNumber(port), host);
        }
        var crossed = new List<string>();
        int delivered = 0;
        bed.Network.Tap = (in FrameEvent e) =>
        {
            if (e.Kind != FrameEventKind.Delivered || e.To.Node == "p") return;
            delivered++;
            int from = int.Parse(Encoding.ASCII.GetString(e.Frame[^3..]), null);
            if ((from - 1) / 2 != (int.Parse(e.To.Node[1..], null) - 1) / 2) crossed.Add($"{from} {e.To.Node}");
        };
        bed.ConnectAndSettle(shared);
        Assert.That(app.Ups, Has.Count.EqualTo(Tenants));

        SendFromAll(bed);
        Assert.That(app.PacketIns.Select(each => (each.Switch, each.InPort.Value)).Distinct().Count(),
            Is.EqualTo(2 * Tenants));
        for (int i = 0; i < Tenants; i++)
            bed.Send(bed.Virtual($"t{i}"), new FlowMod { Actions = ActionList.Flood });
        bed.RunMs(50);
        SendFromAll(bed);

        Assert.That(crossed, Is.Empty);
        Assert.That(delivered, Is.EqualTo(2 * Tenants));
        Assert.That(bed.Flows(bed.Virtual("t50")).Single().PacketCount, Is.EqualTo(2));
    }

    private static void SendFromAll(ControllerBed bed)
    {
        foreach (EmulatedHost each in bed.Network.Hosts)
            each.SendFrame(TenantBed.Frame(each.Name[1..].PadLeft(3, '0')));
        bed.RunMs(50);
    }

    private static VirtualSwitchDescription Describe(int tenant) => new(
        $"t{tenant}", new DatapathId((ulong)tenant + 100), new DatapathId(1),
        [
            new(new PortNumber(1), new PortNumber((uint)((2 * tenant) + 1))),
            new(new PortNumber(2), new PortNumber((uint)((2 * tenant) + 2))),
        ]);
}
