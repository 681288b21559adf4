using Lime.Core.Apps;
using Lime.OpenFlow;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Tests.Simulation;

/// <summary>An app of a run: does something of its own accord now and then, and answers packets.</summary>
/// <remarks>Threading: the loop's.</remarks>
internal abstract class SimulatedApp(Scenario scenario, Random dice) : IControllerApp
{
    protected Scenario Scenario => scenario;

    protected Random Dice => dice;

    /// <summary>Whether the app changes anything at present.</summary>
    public Func<bool> MayChange { get; set; } = static () => true;

    /// <summary>The recorded switch, once it is up.</summary>
    protected IVirtualSwitch? Switch { get; private set; }

    public static SimulatedApp Create(Scenario scenario, Random dice) => scenario.App switch
    {
        AppKind.RandomRules => new RandomRulesApp(scenario, dice),
        AppKind.Pipeline => new PipelineApp(scenario, dice),
        AppKind.LearningSwitch => new LearningApp(scenario, dice),
        _ => new FirewallApp(scenario, dice),
    };

    public void OnSwitchUp(IVirtualSwitch virtualSwitch) => Switch = virtualSwitch;

    public abstract AppVerdict OnPacketIn(IVirtualSwitch virtualSwitch, in PacketIn packetIn);

    /// <summary>Does something of its own accord: a change, or a question.</summary>
    public void Act()
    {
        if (Switch is not { IsConnected: true } connected) return;
        switch (dice.Next(10))
        {
            case 0 or 1:
                _ = Quietly(async () => await connected.BarrierAsync());
                break;
            case 2:
                _ = Quietly(async () => await connected.GetFlowsAsync(AnyFlows(dice.Next(3))));
                break;
            case 3:
                Ask(connected);
                break;
            default:
                if (MayChange()) Change(connected);
                break;
        }
    }

    /// <summary>Asks for something else than barriers and rules.</summary>
    protected virtual void Ask(IVirtualSwitch connected) => _ = Quietly(async () =>
        await connected.GetAggregateAsync(new AggregateStatisticsRequest(Match.Any, TableId.All, PortNumber.Any)));

    /// <summary>Gives the rules that it begins with.</summary>
    public virtual void Begin()
    {
    }

    /// <summary>Asks for everything at the end, when all has come to rest.</summary>
    public async Task FinishAsync()
    {
        if (Switch is not { IsConnected: true } connected) return;
        await Quietly(async () => await connected.BarrierAsync());
        await Quietly(async () => await connected.GetFlowsAsync(AnyFlows(0)));
    }

    /// <summary>Changes a rule of its own accord.</summary>
    protected abstract void Change(IVirtualSwitch connected);

    protected static void SendOut(IVirtualSwitch virtualSwitch, in PacketIn packetIn, PortNumber outPort)
    {
        bool isHeld = packetIn.BufferId != BufferId.None;
        virtualSwitch.Send(new PacketOut
        {
            BufferId = packetIn.BufferId,
            InPort = packetIn.InPort,
            Actions = OpenFlow.Actions.ActionList.Output(outPort),
            Data = isHeld ? [] : packetIn.Data,
        });
    }

    private static FlowStatisticsRequest AnyFlows(int outPort) => new(
        Match.Any, TableId.All, outPort == 0 ? PortNumber.Any : new PortNumber((uint)outPort));

    /// <summary>The recorder has noted a failure.</summary>
    protected static async Task Quietly(Func<Task> ask)
    {
        try
        {
            await ask();
        }
        catch (OpenFlowRequestException)
        {
            return;
        }
    }
}
