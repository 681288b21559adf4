using Lime.Core.Emulation;
using Lime.Core.Hosting;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;

namespace Lime.Tests.Emulation;

/// <summary>h1-s1-s2-s3-h2; port 1 leads left, port 2 leads right.</summary>
internal sealed class Chain
{
    public Chain(EventLoop loop, int seed, LinkOptions? links = null, EmulatedSwitchOptions? switches = null)
    {
        Network = new EmulatedNetwork(loop, seed);
        EmulatedSwitch[] nodes =
        [
            .. Enumerable.Range(1, 3).Select(i => Network.AddSwitch($"s{i}", new((ulong)i), switches)),
        ];
        H1 = Network.AddHost("h1", TestFrames.MacA, TestFrames.IpA);
        H2 = Network.AddHost("h2", TestFrames.MacB, TestFrames.IpB);
        Network.Connect(nodes[0], new(1), H1, links);
        Network.Connect(nodes[0], new(2), nodes[1], new(1), links);
        Network.Connect(nodes[1], new(2), nodes[2], new(1), links);
        Network.Connect(nodes[2], new(2), H2, links);
    }

    public EmulatedNetwork Network { get; }

    public EmulatedHost H1 { get; }

    public EmulatedHost H2 { get; }

    /// <summary>From left to right and back, in every switch.</summary>
    public Chain WithStaticRules()
    {
        foreach (EmulatedSwitch node in Network.Switches)
        {
            Forward(node, from: 1, to: 2);
            Forward(node, from: 2, to: 1);
        }
        return this;
    }

    private static void Forward(EmulatedSwitch node, uint from, uint to) => node.Install(new FlowMod
    {
        Match = Match.Any.WithInPort(new(from)),
        Actions = ActionList.Output(new(to)),
    });
}
