using Lime.Core.Apps;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;

namespace Lime.Benchmarks.Overhead;

/// <summary>Rules that match none of the generated packets, and changes of them.</summary>
/// <remarks>Threading: the switch's loop.</remarks>
internal sealed class RuleUpdates(IVirtualSwitch changed)
{
    private const int Rules = 1000;

    private static readonly ActionList[] Outputs =
        [ActionList.Output(new PortNumber(1)), ActionList.Output(new PortNumber(2))];

    private int _step;

    /// <summary>An ADD of a rule of its own.</summary>
    public static FlowMod Rule(int number) => new()
    {
        Match = Match.Any.WithEthType(0x0800).WithIpv4Destination(new Ipv4Address(0xac10_0000 + (uint)number)),
        Priority = 50,
        Actions = Outputs[number % 2],
    };

    /// <summary>Adds that many rules.</summary>
    public static void Fill(IVirtualSwitch filled, int rules)
    {
        for (int i = 0; i < rules; i++) filled.Send(Rule(Rules + i));
    }

    /// <summary>The next change: a rule is added, changed, and deleted, and then the next one.</summary>
    public void Next()
    {
        (int round, int command) = Math.DivRem(_step++, 3);
        changed.Send(Rule(round % Rules) with
        {
            Command = command switch
            {
                0 => FlowModCommand.Add,
                1 => FlowModCommand.ModifyStrict,
                _ => FlowModCommand.DeleteStrict,
            },
            Actions = Outputs[command % 2],
        });
    }
}
