using System.Collections.Immutable;
using System.Net;
using Lime.Core.Networks;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Hosting;

/// <summary>How a controller runs; checked when it is made.</summary>
/// <remarks>Threading: immutable.</remarks>
public sealed record LimeOptions
{
    /// <summary>Where to listen for switches; null: nowhere (connections are given to the
    /// controller).</summary>
    public IPEndPoint? Listen { get; init; }

    /// <summary>Switches that listen, to connect to and to stay connected to.</summary>
    public ImmutableArray<EndPoint> Connect { get; init; } = [];

    /// <summary>How <see cref="Connect"/> is carried out.</summary>
    public ReconnectOptions Reconnect { get; init; } = ReconnectOptions.Default;

    /// <summary>Handshakes in progress at once, 1 to 100,000; the connections of more wait, in order, before theirs
    /// starts.</summary>
    public int HandshakesAtOnceMax { get; init; } = 128;

    /// <summary>The virtual and physical network; null: each switch that connects appears as it is.</summary>
    public NetworkDescription? Network { get; init; }

    /// <summary>Switches that no app sees: where things can move. Those of <see cref="Network"/> come on
    /// top.</summary>
    public ImmutableArray<DatapathId> Spares { get; init; } = [];

    /// <summary>Limits of each switch's connection.</summary>
    public ChannelOptions Channel { get; init; } = ChannelOptions.Default;

    /// <summary>What happens to rules found on a switch that Lime doesn't know.</summary>
    public UnknownRulePolicy UnknownRules { get; init; } = UnknownRulePolicy.Adopt;

    /// <summary>What becomes of packets that no rule matches, on switches that speak 1.3 or later.</summary>
    public TableMissTreatment TableMiss { get; init; } = TableMissTreatment.ToController;

    /// <summary>How often the counters of rules with an idle timeout are read on switches that may migrate, 100 ms to
    /// 1 h, or zero: never. A migration knows from that how long a rule has been idle, so that it ends at most so much
    /// late; without it a rule that was ever met starts again with its whole time.</summary>
    /// <remarks>Only where there is a spare, and less often for more than 10,000 rules.</remarks>
    public TimeSpan IdleReadInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Rules a virtual switch may have, 1 to 10,000,000; more get the error of a full
    /// table.</summary>
    public int RulesPerSwitchMax { get; init; } = 1_000_000;

    /// <summary>Commands an app may have waiting on a virtual switch while it migrates, 1 to
    /// 1,000,000.</summary>
    public int QueuedCommandsMax { get; init; } = 65_536;

    /// <summary>Packets held while a rule is replaced on several instances, 1 to 1,000,000.</summary>
    public int HeldPacketsMax { get; init; } = 16_384;

    /// <summary>Rules sent to a target between two barriers, or in one bundle, 1 to 100,000. A switch that carries out
    /// a bundle does nothing else: 400 rules are about 5 ms of Open vSwitch, and larger batches make it no
    /// faster.</summary>
    public int CopyBatchRules { get; init; } = 400;

    /// <summary>Checks every limit against its range, and the network against itself.</summary>
    /// <exception cref="ArgumentException">Something is wrong; names it.</exception>
    public void Validate()
    {
        Channel.Validate();
        Reconnect.Validate();
        CheckCount(HandshakesAtOnceMax, 100_000, nameof(HandshakesAtOnceMax));
        CheckCount(RulesPerSwitchMax, 10_000_000, nameof(RulesPerSwitchMax));
        CheckCount(QueuedCommandsMax, 1_000_000, nameof(QueuedCommandsMax));
        CheckCount(HeldPacketsMax, 1_000_000, nameof(HeldPacketsMax));
        CheckCount(CopyBatchRules, 100_000, nameof(CopyBatchRules));
        bool isRead = IdleReadInterval != TimeSpan.Zero;
        if (isRead && (IdleReadInterval < TimeSpan.FromMilliseconds(100) || IdleReadInterval > TimeSpan.FromHours(1)))
            throw new ArgumentOutOfRangeException(
                nameof(IdleReadInterval), IdleReadInterval, "IdleReadInterval has to be 0, or 100 ms to 1 h.");
        if (Network is null) return;
        ImmutableArray<NetworkFault> faults = NetworkDescriptionCheck.FindFaults(Network);
        if (faults.Length > 0)
            throw new ArgumentException("The network is not sound: " + string.Join(" ", faults), nameof(Network));
    }

    private static void CheckCount(int value, int most, string name)
    {
        if (value < 1 || value > most)
            throw new ArgumentOutOfRangeException(name, value, $"{name} has to lie between 1 and {most}.");
    }
}
