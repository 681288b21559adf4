using System.Buffers.Binary;
using Lime.Core.Migration;
using Lime.Core.Rules;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Core.Switches;

/// <summary>Sends packets through an instance's tables that come back by a rule of their own, and only by
/// that.</summary>
/// <remarks>
/// Each probe has a source address of its own, and a rule of the highest priority that sends it up. A catch rule below
/// drops probes whose rule is not in force yet, so that none meets an app's rule: none leaves by a port, none is
/// counted.
/// The catch rule itself is the first rule of a target. An instance that has rules already can't be given it first: a
/// probe that they don't match ends as a miss, which is taken here; if one matches, time has to pass instead.
/// Life cycle: <see cref="PrepareAsync"/>, probes, <see cref="Remove"/>. Threading: the owner loop's.
/// </remarks>
internal sealed class Prober(Instance instance)
{
    /// <summary>Marks the catch rule ("LimeCtch") and the probes' ("LimePrbe").</summary>
    public static readonly Cookie CatchMark = new(0x4c69_6d65_4374_6368);
    public static readonly Cookie ProbeMark = new(0x4c69_6d65_5072_6265);

    /// <summary>IEEE 802's first ethertype for local experiments: no host sends it.</summary>
    private const ushort EthernetType = 0x88b5;
    private const int FrameBytes = 60;
    private const ulong Destination = 0x024c_696d_6550;
    private const ulong SourcePrefix = 0x0250_0000_0000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan IntervalMin = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan IntervalMax = TimeSpan.FromMilliseconds(64);

    private static readonly FlowMod CatchAll = new()
    {
        Cookie = CatchMark,
        Command = FlowModCommand.Add,
        Match = Match.Any.WithEthType(EthernetType).WithEthDestination(new MacAddress(Destination)),
        Priority = ushort.MaxValue - 1,
        Actions = ActionList.Drop,
    };

    private readonly Dictionary<ulong, TaskCompletionSource> _awaited = [];
    private OpenFlowChannel? _caughtOn;
    private OpenFlowChannel? _prepared;
    private ulong _sent;
    private ulong _returned;
    private ulong _missed;
    private bool _isOver;
    private uint _last = (uint)instance.VirtualSwitch.Loop.NowTicks;

    /// <summary>Whether it has an entry of its own on the instance.</summary>
    public bool IsPresent => _caughtOn is not null;

    /// <summary>On a shared switch only what comes from the controller: no virtual switch's rule is for that port, and
    /// no packet of one is caught.</summary>
    private FlowMod Catch => instance.IsPart
        ? CatchAll with { Match = CatchAll.Match.WithInPort(PortNumber.Controller) }
        : CatchAll;

    /// <summary>Gives the instance the catch rule.</summary>
    /// <exception cref="MigrationStepException">A rule of an app outranks probes.</exception>
    /// <exception cref="OpenFlowRequestException">No answer in time, or no connection.</exception>
    public async Task PrepareAsync()
    {
        bool mayMeetRules = FindMatched() && instance.VirtualSwitch.Live.Contains(instance);
        OpenFlowChannel? channel = instance.Physical.Channel;
        _caughtOn = channel;
        instance.Send(default, Catch);
        await instance.Physical.BarrierAsync();
        if (mayMeetRules)
            await instance.VirtualSwitch.Loop.WaitAsync(Evidence.DefaultSettleTime, CancellationToken.None);
        _prepared = channel;
    }

    /// <summary>Whether an app's rule would match a probe.</summary>
    /// <exception cref="MigrationStepException">It outranks probes.</exception>
    private bool FindMatched()
    {
        PacketFields probe = PacketParser.Parse(PortNumber.Controller, Frame(SourcePrefix));
        bool isMatched = false;
        if (instance.IsPart) return isMatched;
        foreach (FlowRule rule in instance.VirtualSwitch.Table.MatchedBy(probe))
        {
            isMatched = true;
            if (!Fence.IsOutrankedBy(instance, rule)) continue;
            throw new MigrationStepException(
                $"{instance.Physical.Name} can't be probed: the rule {rule.Match} priority {rule.Priority} outranks "
                + "probes. Another kind of evidence can do without them.");
        }
        return isMatched;
    }

    /// <summary>Takes the catch rule away; no probe is sent any more, and whoever waits for one is told so: an app's
    /// barrier may, while its virtual switch is left to one instance.</summary>
    public void Remove()
    {
        _isOver = true;
        foreach (TaskCompletionSource each in _awaited.Values.ToArray()) each.TrySetCanceled();
        _caughtOn = null;
        _prepared = null;
        instance.Send(default, Catch with { Command = FlowModCommand.DeleteStrict });
    }

    /// <summary>Completes when a probe whose rule was sent behind everything else has come back.</summary>
    /// <exception cref="OpenFlowRequestException">None came back in time, or no connection.</exception>
    /// <exception cref="OperationCanceledException">There are no probes any more.</exception>
    public async Task ProbeAsync(CancellationToken cancellationToken)
    {
        // The catch rule must not be given to the instance again: it would stay there.
        if (_isOver) throw new OperationCanceledException();
        if (_prepared != instance.Physical.Channel) await PrepareAsync();
        ulong source = SourcePrefix | ++_last;
        FlowMod rule = RuleOf(source);
        var back = new TaskCompletionSource();
        _awaited[source] = back;
        instance.Send(default, rule);
        try
        {
            await SendUntilAsync(back.Task, Frame(source), cancellationToken);
            await back.Task;
            await CountMissedAsync();
        }
        finally
        {
            _awaited.Remove(source);
            instance.Send(default, rule with { Command = FlowModCommand.DeleteStrict });
        }
    }

    /// <summary>Whether a packet that has come up is a probe, of whatever instance and migration.</summary>
    public static bool IsProbe(in PacketIn packetIn) => packetIn.Data.Length >= 14
        && BinaryPrimitives.ReadUInt16BigEndian(packetIn.Data[12..]) == EthernetType
        && AddressAt(packetIn.Data) == Destination;

    /// <summary>Takes a probe that has come up.</summary>
    /// <returns>False if it is none.</returns>
    public bool TryTake(in PacketIn packetIn)
    {
        if (!IsProbe(packetIn)) return false;
        // By a miss it proves nothing.
        bool isByRule = packetIn.Reason == PacketInReason.Action;
        if (isByRule) _returned++;
        if (isByRule && _awaited.TryGetValue(AddressAt(packetIn.Data[6..]), out TaskCompletionSource? back))
            back.TrySetResult();
        return true;
    }

    private async Task SendUntilAsync(Task back, byte[] frame, CancellationToken cancellationToken)
    {
        LoopAccess loop = instance.VirtualSwitch.Loop;
        long giveUpTicks = loop.NowTicks + Patience.Ticks;
        TimeSpan interval = IntervalMin;
        while (!back.IsCompleted)
        {
            if (instance.Physical.Channel is not { } channel || channel != _prepared)
                throw new OpenFlowRequestException(
                    RequestFailure.NotConnected, $"{instance.Physical.Name} was lost while it was probed.");
            if (loop.NowTicks >= giveUpTicks)
                throw new OpenFlowRequestException(
                    RequestFailure.TimedOut, $"No probe came back from {instance.Physical.Name} within {Patience}.");
            channel.Send(channel.NextXid(), new PacketOut
            {
                BufferId = BufferId.None,
                InPort = PortNumber.Controller,
                Actions = ActionList.Output(PortNumber.Table),
                Data = frame,
            });
            _sent++;
            // What its tables count for it is not the virtual switch's.
            instance.TableBefore = (instance.TableBefore.Lookups + 1, instance.TableBefore.Matches + 1);
            await Task.WhenAny(back, loop.WaitAsync(interval, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
            interval = interval * 2 < IntervalMax ? interval * 2 : IntervalMax;
        }
    }

    /// <summary>Probes that met neither their rule nor the catch rule, since these were not in force yet, are not among
    /// the table's matches. Until the catch rule is read here, matches seem fewer by so many.</summary>
    private async Task CountMissedAsync()
    {
        ulong sent = _sent;
        var question = new FlowStatisticsRequest(Catch.Match, default, PortNumber.Any);
        ulong caught = (await instance.Physical.RequestAllAsync(question))
            .OfType<FlowStatisticsReply>().SelectMany(part => part.Flows)
            .Where(each => each.Cookie == CatchMark).Aggregate(0UL, static (sum, each) => sum + each.PacketCount);
        ulong matched = Math.Min(sent, _returned + caught);
        if (sent - matched <= _missed) return;
        ulong more = sent - matched - _missed;
        _missed += more;
        (ulong lookups, ulong matches) = instance.TableBefore;
        instance.TableBefore = (lookups, matches - Math.Min(more, matches));
    }

    private FlowMod RuleOf(ulong source) => new()
    {
        Cookie = ProbeMark,
        Command = FlowModCommand.Add,
        Match = Catch.Match.WithEthSource(new MacAddress(source)),
        Priority = ushort.MaxValue,
        Actions = ActionList.ToController,
    };

    private static byte[] Frame(ulong source)
    {
        var frame = new byte[FrameBytes];
        BinaryPrimitives.WriteUInt64BigEndian(frame, (Destination << 16) | (source >> 32));
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(8), (uint)source);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(12), EthernetType);
        return frame;
    }

    private static ulong AddressAt(ReadOnlySpan<byte> frame) =>
        ((ulong)BinaryPrimitives.ReadUInt32BigEndian(frame) << 16) | BinaryPrimitives.ReadUInt16BigEndian(frame[4..]);
}
