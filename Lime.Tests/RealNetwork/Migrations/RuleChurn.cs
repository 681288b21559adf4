using Lime.Core.Apps;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;

namespace Lime.Tests.RealNetwork.Migrations;

/// <summary>An app that adds, modifies and deletes the rules that pings meet, 200 times a second.</summary>
/// <remarks>Whatever is in force a ping goes through: the path's own rules lie beneath, and the actions differ in the
/// type
/// of service alone. Life cycle: from construction until <see cref="StopAsync"/>.</remarks>
internal sealed class RuleChurn
{
    /// <summary>Of all commands together.</summary>
    public const int UpdatesPerSecond = 200;

    private const ushort Priority = 150;

    private readonly IVirtualSwitch _switch;
    private readonly Task _changing;
    private volatile bool _isStopping;

    public RuleChurn(IVirtualSwitch virtualSwitch)
    {
        _switch = virtualSwitch;
        _changing = ChangeAsync();
    }

    /// <summary>Of the rules that are added; what modifies them has them too.</summary>
    public FlowModFlags Flags { get; init; }

    /// <summary>Commands given.</summary>
    public int UpdateCount { get; private set; }

    /// <summary>Commands that were not taken, as when an outbox is full.</summary>
    public int RefusedCount { get; private set; }

    public async Task StopAsync()
    {
        _isStopping = true;
        await _changing;
        await _switch.BarrierAsync();
    }

    private async Task ChangeAsync()
    {
        using PeriodicTimer timer = new(TimeSpan.FromSeconds(1.0 / UpdatesPerSecond));
        while (!_isStopping)
        {
            await timer.WaitForNextTickAsync();
            if (_switch.Send(Next(UpdateCount) with { Flags = Flags }).Outcome != SendOutcome.Queued) RefusedCount++;
            UpdateCount++;
        }
    }

    /// <summary>For each direction in turn: add, modify, modify, delete.</summary>
    private static FlowMod Next(int number)
    {
        uint from = 1 + ((uint)number % 2);
        FlowAction toOther = FlowAction.Output(new PortNumber(3 - from));
        (FlowModCommand command, byte tos) = (number / 2 % 4) switch
        {
            0 => (FlowModCommand.Add, (byte)0),
            1 => (FlowModCommand.ModifyStrict, (byte)0x20),
            2 => (FlowModCommand.Modify, (byte)0x40),
            _ => (FlowModCommand.DeleteStrict, (byte)0),
        };
        return new FlowMod
        {
            Command = command,
            Match = Match.Any.WithInPort(new PortNumber(from)).WithEthType(0x0800).WithIpProtocol(1),
            Priority = Priority,
            Actions = command == FlowModCommand.DeleteStrict ? ActionList.Drop
                : tos == 0 ? ActionList.Of(toOther)
                : ActionList.Of(FlowAction.SetIpTos(tos), toOther),
        };
    }
}
