using System.Runtime.CompilerServices;
using Lime.Core.Translation;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Rules;

/// <summary>A rule of a virtual switch: the app's, as the app gave it.</summary>
/// <remarks>Life cycle: made by an ADD (or found on a switch), changed in place by a later ADD or MODIFY of
/// the same rule, so that a busy table allocates nothing; <see cref="IsRemoved"/> once it has left the table.
/// Threading: the owner loop's.</remarks>
internal sealed class FlowRule(RuleKey key)
{
    private RuleKey _key = key;

    /// <summary>What most rules have not: so these are smaller, and quicker to write.</summary>
    private RulePast? _past;

    /// <summary>The match as the app gave it where that is not the key's, as it is for most rules.</summary>
    private StrongBox<Match>? _given;

    /// <summary>What tells it apart; changes only when its switch comes back with another version.</summary>
    public ref readonly RuleKey Key => ref _key;

    /// <summary>The key's hash and the rule's number in its <see cref="RuleSet"/>, which sets them.</summary>
    public uint KeyHash { get; set; }

    /// <inheritdoc cref="KeyHash"/>
    public int Order { get; set; }

    /// <summary>The rule's group and its number there, both set by the <see cref="RuleGroup"/>; null: in
    /// none.</summary>
    public RuleGroup? Group { get; set; }

    /// <inheritdoc cref="Group"/>
    public int GroupPlace { get; set; }

    /// <summary>As the app gave it, before normalisation.</summary>
    public Match Match
    {
        get => _given is null ? _key.Match : _given.Value;
        set
        {
            if (value.Equals(_key.Match)) _given = null;
            else if (_given is null) _given = new StrongBox<Match>(value);
            else _given.Value = value;
        }
    }

    /// <summary>Whether the app gave the match as it is in the key.</summary>
    public bool IsMatchTheKeys => _given is null;

    /// <summary>As the app gave it, even where an exact match makes it meaningless.</summary>
    public ushort Priority { get; set; }

    public Cookie Cookie { get; set; }

    public ushort IdleTimeoutSeconds { get; set; }

    public ushort HardTimeoutSeconds { get; set; }

    public FlowModFlags Flags { get; set; }

    /// <summary>What it does.</summary>
    public InstructionSet Instructions { get; set; } = InstructionSet.Drop;

    /// <summary>What it does at once.</summary>
    public ActionList Actions => Instructions.Actions;

    /// <summary>Loop time of its ADD, in ticks.</summary>
    public long InstalledTicks { get; set; }

    /// <summary>Loop time of the last command that changed it, in ticks.</summary>
    public long ChangedTicks { get; set; }

    /// <summary>Whether it was found on a switch rather than added through Lime; its entries may not report
    /// when they go.</summary>
    public bool IsAdopted { get; set; }

    /// <summary>What instances' entries that are gone had counted.</summary>
    public FlowCounters Retired
    {
        get => _past?.Retired ?? default;
        set
        {
            if (_past is not null || value != default) Past.Retired = value;
        }
    }

    /// <summary>Packets that its guard has sent up and that left by other rules: its entries have counted them all the
    /// same.</summary>
    public FlowCounters NotItsOwn
    {
        get => _past?.NotItsOwn ?? default;
        set
        {
            if (_past is not null || value != default) Past.NotItsOwn = value;
        }
    }

    /// <summary>The most that was told of its counters. What an instance has counted may be lost with it; counters
    /// don't go down for all that.</summary>
    public FlowCounters Told
    {
        get => _past?.Told ?? default;
        set
        {
            if (_past is not null || value != default) Past.Told = value;
        }
    }

    /// <summary>Which beginning anew of counters in its table was its last (<see cref="ShadowFlowTable.Beginnings"/>):
    /// what was read of it before belongs to counters that are gone.</summary>
    public long Beginning { get; private set; }

    /// <summary>The id that the app was given for the command that made it what it is.</summary>
    public Xid AppXid { get; set; }

    /// <summary>The id of the latest ADD, which may be older than <see cref="AppXid"/>.</summary>
    public Xid LatestAdd { get; private set; }

    /// <summary>The id of the command that made it where no such rule was.</summary>
    public Xid AddedBy { get; init; }

    /// <summary>The physical entries of it that timed out while others of it live on.</summary>
    public int ExpiredEntries
    {
        get => _past?.ExpiredEntries ?? 0;
        set
        {
            if (_past is not null || value != 0) Past.ExpiredEntries = value;
        }
    }

    /// <summary>Emulated timeouts, while more than one instance lives; null: the switch's own.</summary>
    public EmulatedTimeouts? Emulated
    {
        get => _past?.Emulated;
        set
        {
            if (_past is not null || value is not null) Past.Emulated = value;
        }
    }

    /// <summary>When its counters were seen to grow while the switch kept its timeouts; null: not read yet.</summary>
    public EmulatedTimeouts? Observed => _past?.Observed;

    /// <summary>Whether it has left the table.</summary>
    public bool IsRemoved { get; set; }

    /// <summary>Whether the app wants to be told when it goes.</summary>
    public bool ReportsRemoval => (Flags & FlowModFlags.SendFlowRemoved) != 0;

    /// <summary>Whether it goes by itself.</summary>
    public bool IsTimed => IdleTimeoutSeconds != 0 || HardTimeoutSeconds != 0;

    /// <summary>Flags that its entries have to have: whether they count, and always that they report when they go,
    /// since that carries their last counters.</summary>
    public FlowModFlags EntryFlags => FlowModFlags.SendFlowRemoved | (Flags & KeptFlags);

    /// <summary>The flags that say what a rule is like, rather than what its ADD was to do.</summary>
    public static FlowModFlags KeptFlags => FlowModFlags.NoPacketCounts | FlowModFlags.NoByteCounts;

    /// <summary>The flags that flow statistics show (1.3.5 section 7.3.5.2); switches differ in whether they show what
    /// an ADD was to do besides.</summary>
    public static FlowModFlags ShownFlags => FlowModFlags.SendFlowRemoved | KeptFlags;

    /// <summary>The command that makes this rule on an instance that realises the virtual switch one to
    /// one.</summary>
    public FlowMod ToFlowMod(FlowModCommand command) => new()
    {
        Command = command,
        Match = Match,
        Table = Key.Table,
        Cookie = Cookie,
        IdleTimeoutSeconds = Emulated is null ? IdleTimeoutSeconds : (ushort)0,
        HardTimeoutSeconds = Emulated is null ? HardTimeoutSeconds : (ushort)0,
        Priority = Priority,
        Flags = EntryFlags,
        Actions = Instructions.Actions,
        Instructions = Instructions.Others,
    };

    /// <summary>What it is like now, should it have to become that again.</summary>
    public RuleAsItWas Keep() => new()
    {
        Command = ToFlowMod(FlowModCommand.Add) with
        {
            IdleTimeoutSeconds = IdleTimeoutSeconds,
            HardTimeoutSeconds = HardTimeoutSeconds,
            Flags = Flags,
        },
        AppXid = AppXid,
        InstalledTicks = InstalledTicks,
        ChangedTicks = ChangedTicks,
        IsAdopted = IsAdopted,
        Counters = (Retired, NotItsOwn, Told),
        Beginning = Beginning,
        Emulated = Emulated,
    };

    /// <summary>What it was like when it said the same as now, had counted nothing and was as its ADD had made
    /// it.</summary>
    public RuleAsItWas KeepAsSaid(Xid addedBy, long installedTicks, long beginning) => Keep() with
    {
        AppXid = addedBy,
        InstalledTicks = installedTicks,
        ChangedTicks = installedTicks,
        IsAdopted = false,
        Counters = default,
        Beginning = beginning,
        Emulated = null,
    };

    /// <summary>The ADD that has changed it was refused.</summary>
    public void Become(in RuleAsItWas kept)
    {
        Assign(kept.Command, kept.AppXid, kept.InstalledTicks);
        ChangedTicks = kept.ChangedTicks;
        IsAdopted = kept.IsAdopted;
        (Retired, NotItsOwn, Told) = kept.Counters;
        Beginning = kept.Beginning;
        Emulated = kept.Emulated;
    }

    /// <summary>Its counters begin at nothing.</summary>
    public void CountAnew(long beginning)
    {
        Beginning = beginning;
        Retired = default;
        NotItsOwn = default;
        Told = default;
    }

    /// <summary>What it has counted itself, of what all its entries have; never less than was told before.</summary>
    public FlowCounters Tell(FlowCounters counted)
    {
        FlowCounters own = counted.Without(NotItsOwn);
        Told = new FlowCounters(Math.Max(own.Packets, Told.Packets), Math.Max(own.Bytes, Told.Bytes));
        return Told;
    }

    /// <summary>Takes a reading of its packets while the switch keeps its timeouts.</summary>
    public void Observe(ulong packets, long nowTicks)
    {
        // What was counted before the first reading may have been counted just now.
        Past.Observed ??= new EmulatedTimeouts(packets == 0 ? InstalledTicks : nowTicks, packets);
        Past.Observed.Observe(packets, nowTicks);
    }

    /// <summary>Has it told apart as another version does; what the app gave stays.</summary>
    public void Rekey(in RuleKey key)
    {
        Match given = Match;
        _key = key;
        Match = given;
    }

    /// <summary>Takes over what an ADD or a found rule says.</summary>
    public void Assign(in FlowMod flowMod, Xid appXid, long nowTicks)
    {
        TakeMatch(flowMod);
        AssignTerms(flowMod, appXid, nowTicks);
    }

    /// <summary>Takes over the match.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void TakeMatch(in FlowMod flowMod) => Match = flowMod.Match;

    /// <summary>Takes over all but the match. What is the same already, as it is where the switch asks again, isn't
    /// written.</summary>
    public void AssignTerms(in FlowMod flowMod, Xid appXid, long nowTicks)
    {
        Priority = flowMod.Priority;
        Cookie = flowMod.Cookie;
        IdleTimeoutSeconds = flowMod.IdleTimeoutSeconds;
        HardTimeoutSeconds = flowMod.HardTimeoutSeconds;
        Flags = flowMod.Flags;
        bool doesTheSame = ReferenceEquals(Instructions.Actions, flowMod.Actions)
            && ReferenceEquals(Instructions.Others, flowMod.Instructions);
        if (!doesTheSame) Instructions = new InstructionSet(flowMod.Actions, flowMod.Instructions);
        AppXid = appXid;
        LatestAdd = appXid;
        InstalledTicks = nowTicks;
        ChangedTicks = nowTicks;
        IsAdopted = false;
        _past?.BeginAnew();
    }

    /// <summary>Whether an ADD with its match as the key has it would change its times and ids, and nothing else: it
    /// says what the rule says, of which nothing is kept besides, nor has a MODIFY come since its ADD.</summary>
    public bool IsSaidBy(in FlowMod flowMod) => _past is null && _given is null && !IsAdopted
        && LatestAdd == AppXid && InstalledTicks == ChangedTicks
        && Priority == flowMod.Priority && Cookie == flowMod.Cookie && Flags == flowMod.Flags
        && IdleTimeoutSeconds == flowMod.IdleTimeoutSeconds && HardTimeoutSeconds == flowMod.HardTimeoutSeconds
        && ReferenceEquals(Instructions.Actions, flowMod.Actions)
        && ReferenceEquals(Instructions.Others, flowMod.Instructions);

    /// <summary>An ADD has said what it says once more (<see cref="IsSaidBy"/>).</summary>
    public void SayAgain(Xid appXid, long nowTicks, long beginning)
    {
        AppXid = appXid;
        LatestAdd = appXid;
        InstalledTicks = nowTicks;
        ChangedTicks = nowTicks;
        Beginning = beginning;
    }

    private RulePast Past => _past ??= new RulePast();
}
