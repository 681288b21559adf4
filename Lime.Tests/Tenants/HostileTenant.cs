using Lime.Core.Switches;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;

namespace Lime.Tests.Tenants;

/// <summary>Red's app does all it can think of to blue.</summary>
internal sealed class HostileTenant(TenantBed bed)
{
    private readonly Random _random = new(5);

    public int Strikes { get; private set; }

    private VirtualSwitch Own => bed.RedSwitch;

    private bool HasTables => Own.Table.Semantics.HasTables;

    public void Strike()
    {
        Strikes++;
        Spoof();
        OutrankAll();
        Own.Send(new FlowMod { Command = FlowModCommand.Delete, Table = HasTables ? TableId.All : default });
        bed.Send(Own, new FlowMod { Priority = ushort.MaxValue, Actions = ActionList.Drop });
        foreach (uint port in new uint[] { 4, 5, 6, 7, 0xfffffffa })
        {
            bed.Send(Own, new FlowMod { Actions = ActionList.Output(new PortNumber(port)) });
            bed.Send(Own, new FlowMod
            {
                Match = Match.Any.WithInPort(new PortNumber(port)),
                Priority = ushort.MaxValue,
                Actions = ActionList.Flood,
            });
        }
        if (HasTables) StrikeResources();
        foreach (PortDescription port in bed.Shared.Ports)
        {
            bed.Do(() => Own.Send(new PortMod(
                port.Port, port.HardwareAddress, PortConfig.PortDown, PortConfig.PortDown, 0)));
        }
        for (int i = 1; i <= TenantBed.Ports; i++) bed.Bed.Network.Host($"r{i}").SendFrame(TenantBed.Frame($"r{i}"));
        bed.Bed.RunMs(10);
    }

    private void OutrankAll()
    {
        foreach (PortNumber target in new[] { PortNumber.Flood, PortNumber.All, PortNumber.Controller })
        {
            bed.Send(Own, new FlowMod { Priority = ushort.MaxValue, Actions = ActionList.Output(target) });
            for (int i = 1; i <= TenantBed.Ports; i++) bed.Inject($"r{i}");
        }
    }

    private void Spoof()
    {
        foreach (uint from in new uint[] { 1, 4, 5, 7, 0xfffffffd, 0xffffffff })
        {
            foreach (PortNumber to in new PortNumber[]
            {
                new(2), new(5), PortNumber.Flood, PortNumber.All, PortNumber.Table, PortNumber.InPort,
                PortNumber.Normal,
            })
            {
                bed.Do(() => Own.Send(new PacketOut
                {
                    InPort = new PortNumber(from), Actions = ActionList.Output(to), Data = TenantBed.Frame("r0"),
                }));
            }
        }
        // A packet that the switch may hold for somebody else.
        bed.Do(() => Own.Send(new PacketOut
        {
            BufferId = new BufferId((uint)_random.Next(4)), InPort = new PortNumber(1), Actions = ActionList.Flood,
        }));
        bed.Send(Own, new FlowMod
        {
            BufferId = new BufferId((uint)_random.Next(4)), Actions = ActionList.Flood,
        });
    }

    private void StrikeResources()
    {
        foreach (GroupId group in new[] { new GroupId(1), GroupId.All })
            bed.Do(() => Own.Send(new GroupMod(GroupModCommand.Delete, GroupType.All, group, [])));
        foreach (MeterId meter in new[] { new MeterId(1), MeterId.All })
            bed.Do(() => Own.Send(new MeterMod(MeterModCommand.Delete, default, meter, [])));
        bed.Do(() => Own.Send(new MeterMod(
            MeterModCommand.Add, MeterFlags.PacketsPerSecond, MeterId.Controller, [new(MeterBandType.Drop, 1, 0)])));
        bed.Do(() => Own.Send(new GroupMod(
            GroupModCommand.Add, GroupType.All, new GroupId(2),
            [new GroupBucket(ActionList.Output(new PortNumber(5))) { WatchPort = new PortNumber(6) }])));
        bed.Do(() => Own.Send(new TableMod(TableId.All, 3)));
        bed.Do(() => Own.Send(new TableMod(new TableId(200), 0)));
    }
}
