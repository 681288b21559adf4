using System.Collections.Concurrent;
using Lime.Core.Apps;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;

namespace Lime.Apps.Sample.Apps;

/// <summary>Makes each virtual switch a learning bridge: learns where addresses are from the packets that
/// it is handed, and installs a rule per conversation whose destination it knows.</summary>
/// <remarks>
/// Life cycle: what was learnt of a switch is forgotten when it goes down, since hosts may move meanwhile.
/// A port that goes down changes nothing: a host plugged in elsewhere is learnt there with its first
/// packet, and only then are the rules towards its old place known to be wrong.
/// Threading: virtual switches may live on different loops, so their tables lie in a concurrent dictionary;
/// a table is used by its switch's loop only. A packet-in allocates nothing once its addresses are known.
/// What <c>Send</c> answers is not looked at: a command that was not taken (outbox full, connection lost)
/// loses this packet, as any switch may, and the conversation's next packet comes up again.
/// </remarks>
public sealed class LearningSwitch : IControllerApp
{
    private const int EthernetHeaderBytes = 14;
    private const ushort EthTypeLldp = 0x88cc;

    /// <summary>01:80:c2:00:00:00 to :0f stay on their link (IEEE 802.1D table 7-10): spanning tree, pause,
    /// LLDP.</summary>
    private const ulong LinkLocalGroups = 0x0180_c200_0000;

    /// <summary>The VLAN id without the bit that tells tagged from untagged: VLAN 0 means no VLAN
    /// (802.1Q).</summary>
    private const ushort VlanIdBits = 0xfff;

    private readonly ConcurrentDictionary<DatapathId, AddressTable> _tables = new();
    private readonly LearningSwitchOptions _options;

    public LearningSwitch(LearningSwitchOptions? options = null)
    {
        _options = options ?? new LearningSwitchOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.AddressesMax, 2, nameof(options));
    }

    public string Name => "learning-switch";

    public void OnSwitchDown(IVirtualSwitch virtualSwitch) => _tables.TryRemove(virtualSwitch.Datapath, out _);

    public AppVerdict OnPacketIn(IVirtualSwitch virtualSwitch, in PacketIn packetIn)
    {
        if (packetIn.Data.Length < EthernetHeaderBytes) return AppVerdict.Continue;
        PacketFields fields = PacketParser.Parse(packetIn.InPort, packetIn.Data);
        if (IsLinkLocal(fields)) return AppVerdict.Continue;
        AddressTable table = TableOf(virtualSwitch);
        ushort vlanId = (ushort)(fields.VlanId & VlanIdBits);
        Learn(virtualSwitch, table, fields, vlanId);
        if (fields.EthDestination.IsGroup || !table.TryFind(fields.EthDestination, vlanId, out LearnedPort to))
            SendOut(virtualSwitch, packetIn, ActionList.Flood);
        else if (to.Port == packetIn.InPort)
            DropHeldPacket(virtualSwitch, packetIn);
        else
            Install(virtualSwitch, packetIn, fields, to.Output);
        // A later app must not answer the same packet again.
        return AppVerdict.Stop;
    }

    private static bool IsLinkLocal(in PacketFields fields) => fields.EthType == EthTypeLldp
        || (fields.EthDestination.Value & ~0xful) == LinkLocalGroups;

    private AddressTable TableOf(IVirtualSwitch virtualSwitch)
    {
        if (_tables.TryGetValue(virtualSwitch.Datapath, out AddressTable? table)) return table;
        return _tables.GetOrAdd(virtualSwitch.Datapath, new AddressTable(_options.AddressesMax));
    }

    private static void Learn(
        IVirtualSwitch virtualSwitch, AddressTable table, in PacketFields fields, ushort vlanId)
    {
        // A group address is nobody's source; learning it would misdirect floods.
        if (fields.EthSource.IsGroup) return;
        PortNumber? movedFrom = table.Learn(fields.EthSource, vlanId, fields.InPort);
        // Rules towards the old place would be kept alive by the very traffic that they lose.
        if (movedFrom is { } oldPort)
            DeleteRules(virtualSwitch, Match.Any.WithEthDestination(fields.EthSource), oldPort);
    }

    private void Install(
        IVirtualSwitch virtualSwitch, in PacketIn packetIn, in PacketFields fields, ActionList output)
    {
        // With a buffer id the rule's first packet is the held one: one message installs and forwards.
        virtualSwitch.Send(new FlowMod
        {
            Command = FlowModCommand.Add,
            // All that the packet has, and nothing that it can't have: so every version can say it.
            Match = MatchNormalisation.Exact(fields),
            Priority = _options.Priority,
            IdleTimeoutSeconds = _options.IdleTimeoutSeconds,
            BufferId = packetIn.BufferId,
            Actions = output,
        });
        if (packetIn.BufferId == BufferId.None) SendOut(virtualSwitch, packetIn, output);
    }

    private static void DropHeldPacket(IVirtualSwitch virtualSwitch, in PacketIn packetIn)
    {
        // The destination has it already, being on the segment it came from. Only a switch that holds the
        // packet needs to hear: it has few buffers.
        if (packetIn.BufferId != BufferId.None) SendOut(virtualSwitch, packetIn, ActionList.Drop);
    }

    private static void SendOut(IVirtualSwitch virtualSwitch, in PacketIn packetIn, ActionList actions) =>
        virtualSwitch.Send(new PacketOut
        {
            BufferId = packetIn.BufferId,
            InPort = packetIn.InPort,
            Actions = actions,
            Data = packetIn.BufferId == BufferId.None ? packetIn.Data : default,
        });

    private static void DeleteRules(IVirtualSwitch virtualSwitch, in Match match, PortNumber outPort) =>
        virtualSwitch.Send(new FlowMod { Command = FlowModCommand.Delete, Match = match, OutPort = outPort });
}
