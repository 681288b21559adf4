using System.Collections.Immutable;
using Lime.OpenFlow;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Tests.Reference;

/// <summary>All that one OpenFlow switch is at a moment.</summary>
/// <remarks>Immutable: <see cref="ReferenceSwitch.Step"/> gives the next one.</remarks>
internal sealed record ReferenceState
{
    public required OpenFlowVersion Version { get; init; }

    public required ReferenceOptions Options { get; init; }

    /// <summary>The time that <see cref="TimeInput"/> told last.</summary>
    public TimeSpan Now { get; init; }

    /// <summary>The flow tables; one in 1.0, which leaves the choice to the switch.</summary>
    public ImmutableArray<ReferenceTable> Tables { get; init; } = [];

    public ImmutableSortedDictionary<uint, ReferenceGroup> Groups { get; init; } =
        ImmutableSortedDictionary<uint, ReferenceGroup>.Empty;

    public ImmutableSortedDictionary<uint, ReferenceMeter> Meters { get; init; } =
        ImmutableSortedDictionary<uint, ReferenceMeter>.Empty;

    public ImmutableSortedDictionary<uint, ReferencePort> Ports { get; init; } =
        ImmutableSortedDictionary<uint, ReferencePort>.Empty;

    /// <summary>ofp_config_flags: what happens to IP fragments.</summary>
    public ushort ConfigFlags { get; init; }

    /// <summary>128 after a start (1.0.0 section 5.3.2, OFP_DEFAULT_MISS_SEND_LEN).</summary>
    public ushort MissSendBytes { get; init; } = 128;

    /// <summary>Packets kept for a packet-out or flow-mod that names them.</summary>
    public ImmutableSortedDictionary<uint, FrameInput> Buffers { get; init; } =
        ImmutableSortedDictionary<uint, FrameInput>.Empty;

    public uint NextBuffer { get; init; } = 1;

    public bool Is10 => Version == OpenFlowVersion.V10;

    /// <summary>A switch that was just started.</summary>
    public static ReferenceState Create(
        OpenFlowVersion version, IEnumerable<PortDescription> ports, ReferenceOptions? options = null)
    {
        options ??= new ReferenceOptions();
        int tableCount = version == OpenFlowVersion.V10 ? 1 : options.TableCount;
        return new ReferenceState
        {
            Version = version,
            Options = options,
            Tables = [.. Enumerable.Range(0, tableCount).Select(_ => new ReferenceTable())],
            Ports = ports.ToImmutableSortedDictionary(port => port.Port.Value, port => new ReferencePort(port)),
        };
    }

    public ReferenceState WithTable(int index, ReferenceTable table) =>
        this with { Tables = Tables.SetItem(index, table) };
}

/// <summary>What the specification leaves to the switch.</summary>
internal sealed record ReferenceOptions
{
    public DatapathId Datapath { get; init; } = new(1);

    public int TableCount { get; init; } = 8;

    public int RulesPerTableMax { get; init; } = int.MaxValue;

    /// <summary>How many packets are kept at most; 0: none is, and packet-ins carry whole packets.</summary>
    public int BufferCount { get; init; }

    /// <summary>Whether a packet with an invalid TTL goes to the controller (1.3.5 section 7.3.10 leaves the initial
    /// asynchronous configuration open).</summary>
    public bool ReportsInvalidTtl { get; init; }

    /// <summary>Whether a packet that no rule of a later table matches leaves by its action set all the same, against
    /// 1.3.5 section 5.4: what Open vSwitch does.</summary>
    public bool MissRunsActionSet { get; init; }

    /// <summary>Whether written actions have to fit in the order in which they are written, not in that in which an
    /// action set is carried out: what Open vSwitch asks.</summary>
    public bool ChecksSetsAsWritten { get; init; }

    /// <summary>Whether a tag that is pushed has number and priority 0, against 1.3.5 section 5.12.1: what Open vSwitch
    /// does.</summary>
    public bool PushesEmptyTags { get; init; }

    /// <summary>Whether a rule's hard timeout begins anew when it is modified, against 1.0.0 section 4.6 and 1.3.5
    /// section 6.4: what Open vSwitch does.</summary>
    public bool ModifyRestartsHardTimeout { get; init; }

    /// <summary>Whether setting the number or priority of a tag gives one to a packet that has none, against 1.3.5
    /// section 7.2.5.7: what Open vSwitch does.</summary>
    public bool TagsByFields { get; init; }

    /// <summary>Whether an ADD in place of the same rule is not asked what it overlaps, against 1.3.5 section 6.4: what
    /// Open vSwitch does.</summary>
    public bool ReplacesUnchecked { get; init; }

    /// <summary>Which of the live buckets of a select group a packet takes (1.3.5 section 5.6.1: the switch's own
    /// algorithm). Told with the port that the packet came in by.</summary>
    public Func<ReferenceGroup, (ReferencePacket Packet, PortNumber InPort), ImmutableArray<int>, int> ChooseBucket
    {
        get;
        init;
    } = static (_, _, live) => live[0];

    /// <summary>Answers that describe the make of a switch and not its state.</summary>
    public ImmutableDictionary<MultipartType, MultipartReply> Descriptions { get; init; } =
        ImmutableDictionary<MultipartType, MultipartReply>.Empty;
}

/// <summary>A flow table: its rules in the order in which they came.</summary>
internal sealed record ReferenceTable
{
    public ImmutableArray<ReferenceRule> Rules { get; init; } = [];

    public ulong LookupCount { get; init; }

    public ulong MatchedCount { get; init; }
}

/// <summary>A flow entry.</summary>
internal sealed record ReferenceRule
{
    /// <summary>The match as the controller gave it.</summary>
    public required Match Match { get; init; }

    /// <summary>The same as tests of single fields, sorted.</summary>
    public required ImmutableArray<FieldTest> Tests { get; init; }

    public required ushort Priority { get; init; }

    /// <summary>The priority, or in 1.0 one above all for a rule without wildcards (1.0.0 section 3.4).</summary>
    public required int Rank { get; init; }

    public Cookie Cookie { get; init; }

    public ushort IdleSeconds { get; init; }

    public ushort HardSeconds { get; init; }

    public FlowModFlags Flags { get; init; }

    public ActionList Actions { get; init; } = ActionList.Drop;

    public FlowInstructions Instructions { get; init; } = FlowInstructions.None;

    public TimeSpan CreatedAt { get; init; }

    /// <summary>Where the hard timeout begins, if not at the creation.</summary>
    public TimeSpan? RestartedAt { get; init; }

    public TimeSpan UsedAt { get; init; }

    public ulong PacketCount { get; init; }

    public ulong ByteCount { get; init; }

    /// <summary>The actions that it applies and that it writes.</summary>
    public IEnumerable<FlowAction> AllActions => Actions.Concat(Instructions.WriteActions ?? ActionList.Drop);
}

/// <summary>A group with its counters.</summary>
internal sealed record ReferenceGroup(GroupId Id, GroupType Type, ImmutableArray<GroupBucket> Buckets)
{
    public TimeSpan CreatedAt { get; init; }

    public ulong PacketCount { get; init; }

    public ulong ByteCount { get; init; }

    public ImmutableArray<BucketCounter> Counters { get; init; } = [.. Buckets.Select(_ => default(BucketCounter))];
}

/// <summary>A meter, its counters and what each band's bucket holds.</summary>
internal sealed record ReferenceMeter(MeterId Id, MeterFlags Flags, ImmutableArray<MeterBand> Bands)
{
    public TimeSpan CreatedAt { get; init; }

    public TimeSpan FilledAt { get; init; }

    public ImmutableArray<double> Tokens { get; init; } = [];

    public ulong PacketCount { get; init; }

    public ulong ByteCount { get; init; }

    public ImmutableArray<BucketCounter> Counters { get; init; } = [.. Bands.Select(_ => default(BucketCounter))];
}

/// <summary>A port and what passed it.</summary>
internal sealed record ReferencePort(PortDescription Description)
{
    public ulong ReceivedPackets { get; init; }

    public ulong ReceivedBytes { get; init; }

    public ulong SentPackets { get; init; }

    public ulong SentBytes { get; init; }

    public PortConfig Config => Description.Config;

    /// <summary>OFPPS_LINK_DOWN is bit 0 of the state.</summary>
    public bool IsLive => (Description.State & 1) == 0 && !Config.HasFlag(PortConfig.PortDown);
}
