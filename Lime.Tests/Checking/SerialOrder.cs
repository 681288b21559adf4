using System.Collections.Immutable;
using Lime.OpenFlow;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.Tests.Reference;

namespace Lime.Tests.Checking;

/// <summary>The claimed order of the app's commands and of expiries, carried out on the reference switch: state
/// <c>n</c> is the switch after the first <c>n</c> entries.</summary>
/// <remarks>Packets are no entries: they change counters only, which are judged apart, so the states don't depend on
/// where packets lie. A trace without claims of commands is one of a switch that claims nothing; its order is that of
/// the app.</remarks>
internal sealed class SerialOrder
{
    private readonly Trace _trace;
    private readonly ViolationList _violations;
    private readonly Lineages _lineages;
    private readonly List<OrderEntry> _entries = [];
    private readonly List<ReferenceState> _states = [];
    private readonly Dictionary<Xid, OrderEntry> _byXid = [];
    private readonly HeldFrames _held;
    private readonly LossWindows _losses;

    public SerialOrder(Trace trace, ViolationList violations)
    {
        _trace = trace;
        _violations = violations;
        _lineages = new Lineages(trace.Setting);
        _held = new HeldFrames(trace);
        _losses = new LossWindows(trace);
        _states.Add(_lineages.Begin(ReferenceState.Create(
            trace.Setting.Version, trace.Setting.HostAtPort.Keys.Select(PortOf),
            new ReferenceOptions { ChooseBucket = Affinity.Choose })));
        Build();
    }

    public IReadOnlyList<OrderEntry> Entries => _entries;

    public IReadOnlyList<ReferenceState> States => _states;

    /// <summary>What select groups choose.</summary>
    public SelectAffinity Affinity { get; } = new();

    /// <summary>Expiries, with the rule and when they were claimed.</summary>
    public List<Expiry> Expiries { get; } = [];

    /// <summary>When the rule that has each lineage of counters was last added: when the command was sent.</summary>
    private Dictionary<ulong, TimeSpan> BeginOf { get; } = [];

    public OrderEntry? Find(Xid xid) => _byXid.GetValueOrDefault(xid);

    /// <summary>The rules that a request gets in a state, without the one that no app sees; their packet counters name
    /// the lineages.</summary>
    public OpenFlowMessage? Answer(int state, OpenFlowMessage request) =>
        ReferenceSwitch.Step(_lineages.WithoutMiss(_states[state]), new CommandInput(new Xid(1), request)).Outputs
            .OfType<MessageOutput>().Select(each => each.Message).FirstOrDefault();

    private static PortDescription PortOf(uint number) =>
        new(new PortNumber(number), new MacAddress(0x0e00_0000_0000UL | number), $"port{number}");

    private void Build()
    {
        bool isClaimed = _trace.Events.Any(each => each is CommandClaimed);
        Dictionary<Xid, int> sent = [];
        int lastSent = -1;
        for (int i = 0; i < _trace.Events.Length; i++)
        {
            switch (_trace.Events[i])
            {
                case CommandSent command when isClaimed:
                    if (!sent.TryAdd(command.Xid, i)) Complain($"xid {command.Xid.Value} was given twice.", i);
                    break;
                case CommandSent command:
                    Take(command, i);
                    break;
                case CommandClaimed claim:
                    TakeClaimed(claim, sent, ref lastSent, i);
                    break;
                case CommandLost lost:
                    Lose(lost, sent, i);
                    break;
                case ExpiryClaimed expiry:
                    Expire(expiry, i);
                    break;
            }
        }
        foreach ((Xid xid, int index) in sent)
        {
            if (!_byXid.ContainsKey(xid)) Complain($"command xid {xid.Value} never got a place.", index);
        }
    }

    /// <summary>What was on its way when a connection broke may never have come.</summary>
    private void Lose(CommandLost lost, Dictionary<Xid, int> sent, int index)
    {
        bool isExcused = sent.Remove(lost.Xid, out int sentAt) && _losses.MayLose(_trace.Events[sentAt].At);
        if (!isExcused) Complain($"command xid {lost.Xid.Value} is said to be lost, which nothing excuses.", index);
    }

    private void TakeClaimed(CommandClaimed claim, Dictionary<Xid, int> sent, ref int lastSent, int index)
    {
        if (!sent.TryGetValue(claim.Xid, out int sentAt))
        {
            Complain($"xid {claim.Xid.Value} has a place and was not sent before.", index);
            return;
        }
        if (_byXid.ContainsKey(claim.Xid))
        {
            Complain($"xid {claim.Xid.Value} has two places.", index);
            return;
        }
        if (sentAt < lastSent) Complain($"xid {claim.Xid.Value} comes behind a command that was sent later.", index);
        lastSent = Math.Max(lastSent, sentAt);
        Take((CommandSent)_trace.Events[sentAt], sentAt);
    }

    private void Take(CommandSent command, int index)
    {
        ReferenceState before = _states[^1];
        PacketOutInput? input = command is PacketOutSent packetOut ? _held.InputOf(packetOut, index) : null;
        ReferenceStep step = input is not null
            ? ReferenceSwitch.Step(before, input)
            : _lineages.Step(before, InputOf(command));
        var entry = new OrderEntry(_entries.Count + 1, command, index) { Outputs = step.Outputs, PacketOut = input };
        if (entry.Error is not null) entry = entry with { MayBeSilent = ModifiesNothing(command, before) };
        if (command is PacketOutSent)
        {
            // It counts like a packet and changes nothing else.
            entry = entry with { Hits = Lineages.HitsOf(before, step.State) };
            step = step with { State = before };
        }
        if (ExcusedRefusalOf(entry) is { } error)
        {
            entry = entry with { Outputs = [new MessageOutput(command.Xid, error)] };
            step = step with { State = before };
        }
        Append(entry, step.State, command.At);
    }

    private void Append(OrderEntry entry, ReferenceState state, TimeSpan at)
    {
        _entries.Add(entry);
        _states.Add(state);
        if (entry.Command is { } command) _byXid[command.Xid] = entry;
        foreach (ReferenceRule rule in state.Tables.SelectMany(table => table.Rules))
            BeginOf.TryAdd(Lineages.LineageOf(rule.PacketCount), at);
        if (entry is { Error: null, Command: FlowModSent { FlowMod: { Command: FlowModCommand.Add } add } })
            TimeBeginsAnew(state, add, at);
    }

    /// <summary>An ADD clears what was there, "including its duration" (1.3.5 section 6.4), though its counters may go
    /// on.</summary>
    private void TimeBeginsAnew(ReferenceState state, FlowMod add, TimeSpan at)
    {
        ImmutableArray<FieldTest> tests = FieldTests.Of(add.Match);
        int table = state.Is10 ? 0 : add.Table.Value;
        foreach (ReferenceRule rule in state.Tables[table].Rules)
        {
            if (rule.Tests.SequenceEqual(tests) && rule.Priority == add.Priority)
                BeginOf[Lineages.LineageOf(rule.PacketCount)] = at;
        }
    }

    private bool ModifiesNothing(CommandSent command, ReferenceState state)
    {
        if (command is not FlowModSent { FlowMod.Command: FlowModCommand.Modify or FlowModCommand.ModifyStrict } sent)
            return false;
        FlowMod harmless = sent.FlowMod with { Actions = ActionList.Drop, Instructions = FlowInstructions.None };
        ReferenceState after = _lineages.Step(state, new FlowModInput(sent.Xid, harmless)).State;
        return state.Tables.Zip(after.Tables).All(each =>
            each.First.Rules.AsEnumerable().SequenceEqual<object>(
                each.Second.Rules, ReferenceEqualityComparer.Instance));
    }

    /// <summary>A refusal that the run's own fault made: the command then changed nothing.</summary>
    private ErrorMessage? ExcusedRefusalOf(OrderEntry entry)
    {
        bool isRefusable = _trace.Setting.MayRefuse && entry.Error is null && entry.Command is FlowModSent;
        if (!isRefusable) return null;
        return _trace.Events.OfType<ErrorReceived>().FirstOrDefault(each =>
            each.Xid == entry.Command!.Xid && each.Error.Type == ErrorType.FlowModFailed)?.Error;
    }

    private static ReferenceInput InputOf(CommandSent command) => command switch
    {
        FlowModSent flowMod => new FlowModInput(flowMod.Xid, flowMod.FlowMod with { BufferId = BufferId.None }),
        ResourceSent resource => new CommandInput(resource.Xid, resource.Message),
        _ => throw new ArgumentException($"{command.GetType().Name} is no command.", nameof(command)),
    };

    private void Expire(ExpiryClaimed claim, int index)
    {
        ReferenceState state = _states[^1];
        int table = state.Is10 ? 0 : claim.Rule.Table.Value;
        ImmutableArray<FieldTest> tests = FieldTests.Of(claim.Rule.Match);
        ReferenceRule? rule = _lineages.WithoutMiss(state).Tables[table].Rules.FirstOrDefault(each =>
            each.Tests.SequenceEqual(tests)
            && (each.Priority == claim.Rule.Priority || (state.Is10 && each.Rank > ushort.MaxValue)));
        bool isTimed = rule is not null
            && (claim.Reason == FlowRemovedReason.HardTimeout ? rule.HardSeconds : rule.IdleSeconds) > 0;
        if (rule is null || !isTimed)
        {
            Complain($"the rule that ran out of time ({claim.Text}) was not there, or had no such time.", index);
            return;
        }
        Expiries.Add(new Expiry(rule, claim.Reason, claim.At, index)
        {
            BegunAt = BeginOf[Lineages.LineageOf(rule.PacketCount)],
        });
        ImmutableArray<ReferenceOutput> outputs = rule.Flags.HasFlag(FlowModFlags.SendFlowRemoved)
            ? [new MessageOutput(null, RemovalOf(rule, claim.Reason, table))]
            : [];
        var entry = new OrderEntry(_entries.Count + 1, null, index) { Outputs = outputs };
        ReferenceTable without = state.Tables[table] with { Rules = state.Tables[table].Rules.Remove(rule) };
        Append(entry, _lineages.Restore(state.WithTable(table, without)), claim.At);
    }

    private static FlowRemoved RemovalOf(ReferenceRule rule, FlowRemovedReason reason, int table) => new(
        rule.Match, rule.Cookie, rule.Priority, reason, default, rule.IdleSeconds, rule.PacketCount, 0)
    {
        Table = new TableId((byte)table),
        HardTimeoutSeconds = rule.HardSeconds,
    };

    private void Complain(string what, int index) => _violations.Add(ViolationKind.ClaimWrong, what, index);
}

/// <summary>A rule that ran out of time.</summary>
internal sealed record Expiry(ReferenceRule Rule, FlowRemovedReason Reason, TimeSpan At, int EventIndex)
{
    /// <summary>When the command was sent that made it as it is.</summary>
    public required TimeSpan BegunAt { get; init; }
}
