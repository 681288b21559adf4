using Lime.Core.Rules;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Switches;

/// <summary>The packets that guard rules sent up, which wait for the rules that come in the guards' place, and then
/// leave in order (paper section 4.1); and those that apps see before they go on, which don't wait.</summary>
/// <remarks>Life cycle: <see cref="Guard"/> before guards are installed, <see cref="ReleaseAll"/> when the rules have
/// taken their places. Bound: more packets than it holds are lost, and counted. Threading: the owner loop's.</remarks>
internal sealed class HeldPackets(VirtualSwitch virtualSwitch, int packetsMax)
{
    private readonly Queue<HeldPacket> _held = [];
    private readonly Dictionary<DatapathId, long> _released = [];
    private readonly GuardMarks _marks = new();
    private readonly PacketRelease _release = new(virtualSwitch);
    private readonly UnnamedPacketIns _unnamed = new(virtualSwitch);

    public long Held { get; private set; }

    public long Lost { get; private set; }

    /// <summary>Packets of guards that were gone.</summary>
    public long Late { get; private set; }

    /// <summary>Whether a packet that an instance sent up is held.</summary>
    public bool HoldsFrom(DatapathId instance) => _held.Any(each => each.Instance == instance);

    /// <summary>Packets that an instance sent up and that have been sent on.</summary>
    public long ReleasedFrom(DatapathId instance) => _released.GetValueOrDefault(instance);

    /// <summary>Where packet-ins name their rule, a guard has a cookie of its own: no guess is needed, whatever table
    /// it lies in and whatever it matches.</summary>
    public bool HasMarks => virtualSwitch.ControllerFirst.NamesRules;

    /// <summary>Whether packets of guards that are gone may still come, and only their looks tell them.</summary>
    public bool MayComeLate => !HasMarks && _unnamed.MayComeLate;

    /// <summary>Where packet-ins name no rule: that a rule has changed without a guard, of which a packet may be under
    /// way that Lime has to send on.</summary>
    public void FormHasChanged(Instance instance, FlowRule rule) => _unnamed.Lifted.Add(instance, rule);

    /// <summary>The marks of the guards for changes, in their order.</summary>
    /// <param name="guarded">The changes that have guards.</param>
    /// <param name="all">All changes of the transaction.</param>
    public Cookie[] Guard(List<RuleChange> guarded, List<RuleChange> all)
    {
        _unnamed.Begin(guarded, all);
        return [.. guarded.Select(each => _marks.Next(each.Rule))];
    }

    /// <summary>The rules are on their way to the guards' places.</summary>
    public void RulesAreSent() => _unnamed.RulesAreSent();

    /// <summary>The guards are everywhere.</summary>
    public void GuardsAreConfirmed() => _unnamed.GuardsAreConfirmed();

    /// <summary>The guards are gone: what they held leaves by the rules that are there now.</summary>
    public void ReleaseAll()
    {
        if (!HasMarks) _unnamed.End();
        _marks.BecomePast();
        virtualSwitch.ControllerFirst.ForgetRemoved();
        while (_held.TryDequeue(out HeldPacket? packet)) Release(packet);
    }

    /// <summary>Holds a packet that a guard sent up, or, if it comes after the update or is one that apps see first,
    /// sends it on.</summary>
    /// <remarks>Open vSwitch goes on sending packets up by a flow it has cached for up to 500 ms after the
    /// rule is gone.</remarks>
    /// <returns>False if apps are to see it, and nothing else.</returns>
    public bool TryHold(Instance instance, in PacketIn packetIn, PortNumber virtualPort)
    {
        HeldPacket? packet = HasMarks
            ? FindByMark(instance, packetIn, virtualPort, out bool isGuarded)
            : _unnamed.Find(instance, packetIn, virtualPort, out isGuarded);
        if (packet is null) return false;
        bool leavesByOther = packet is { Instructions: null, Guarded.IsRemoved: true };
        if (leavesByOther) instance.Ledger.IsNotOf(packet.Guarded!, new FlowCounters(1, packetIn.TotalBytes));
        if (!isGuarded)
        {
            if (IsLate(packetIn, packet)) Late++;
            Release(packet);
        }
        else if (_held.Count < packetsMax)
        {
            Held++;
            _held.Enqueue(packet);
        }
        else
        {
            Lost++;
        }
        return true;
    }

    /// <summary>Whether a packet that no guard sent up comes from one that is gone, rather than from a rule whose
    /// packets apps see first.</summary>
    private bool IsLate(in PacketIn packetIn, HeldPacket packet) => HasMarks
        ? _marks.Knows(packetIn.Cookie)
        : packet.IsLate;

    private HeldPacket? FindByMark(
        Instance instance, in PacketIn packetIn, PortNumber virtualPort, out bool isGuarded)
    {
        isGuarded = false;
        if (_marks.Knows(packetIn.Cookie))
        {
            isGuarded = _marks.IsPresent(packetIn.Cookie);
            return Copy(instance, packetIn, virtualPort) with { Guarded = _marks.RuleOf(packetIn.Cookie) };
        }
        ControllerFirst first = virtualSwitch.ControllerFirst;
        if (!first.Knows(packetIn.Cookie)) return null;
        HeldPacket packet = Copy(instance, packetIn, virtualPort);
        return first.Find(packetIn.Cookie) is { } found
            ? packet with
            {
                Guarded = found.Rule,
                Instructions = found.AsItWas?.Instructions,
                Cookie = found.AsItWas?.Cookie,
            }
            : packet;
    }

    /// <summary>A packet for longer than its message.</summary>
    public static HeldPacket Copy(Instance instance, in PacketIn packetIn, PortNumber virtualPort)
    {
        ulong metadata = 0;
        ulong tunnelId = 0;
        foreach (ReadOnlySpan<byte> bytes in new OxmReader(packetIn.MatchFields))
        {
            OxmField field = OxmField.FromBytes(bytes);
            if (field.Id == OxmId.Metadata) metadata = PacketFurtherFields.ReadNumber(field);
            else if (field.Id == OxmId.TunnelId) tunnelId = PacketFurtherFields.ReadNumber(field);
        }
        return new HeldPacket(
            instance.Physical.Datapath, packetIn.BufferId, virtualPort, packetIn.Data.ToArray())
        {
            Table = packetIn.Table,
            Metadata = metadata,
            TunnelId = tunnelId,
        };
    }

    private void Release(HeldPacket packet)
    {
        _released[packet.Instance] = ReleasedFrom(packet.Instance) + 1;
        _release.Send(packet);
    }
}
