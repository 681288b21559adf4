using Lime.Core.Emulation.Switching;
using Lime.Core.Emulation.Tables;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Emulation.Control;

/// <summary>The messages that change a switch or send packets: what a slave may not (1.3.5 section 6.3.4), and what
/// bundles are made of.</summary>
/// <remarks>Threading: the loop's.</remarks>
internal sealed class SwitchCommands(SwitchDatapath datapath)
{
    /// <summary>Bits of ofp_table_config that say nothing any more (OFPTC_DEPRECATED_MASK, 1.3.5 section
    /// 7.3.3).</summary>
    private const uint DeprecatedConfig = 3;

    public long FlowModsApplied { get; private set; }

    public long FlowModsRefused { get; private set; }

    public long PacketOutsApplied { get; private set; }

    public static bool IsCommand(ControlMessage message) => message is QueuedFlowMod or QueuedPacketOut
        or QueuedMessage { Message: GroupMod or MeterMod or PortMod or TableMod };

    /// <summary>Does a command.</summary>
    /// <returns>Why not, or null.</returns>
    public Refusal? Apply(ControlMessage message)
    {
        switch (message)
        {
            case QueuedFlowMod flowMod:
                return Count(datapath.Apply(flowMod.Mod));
            case QueuedPacketOut packetOut:
                return Apply(packetOut);
            case QueuedMessage other:
                return Apply(other.Message);
            default:
                return null;
        }
    }

    /// <summary>What a bundle takes back was not done.</summary>
    private Refusal? Count(Refusal? refusal)
    {
        if (refusal is not null)
        {
            FlowModsRefused++;
            return refusal;
        }
        FlowModsApplied++;
        datapath.Journal.Record(() => FlowModsApplied--);
        return null;
    }

    private Refusal? Apply(QueuedPacketOut message)
    {
        Refusal? refusal = datapath.SendOut(
            message.BufferId, message.InPort, message.Actions, message.Frame);
        if (refusal is null) PacketOutsApplied++;
        return refusal;
    }

    private Refusal? Apply(OpenFlowMessage message) => message switch
    {
        GroupMod groupMod => datapath.Apply(groupMod),
        MeterMod meterMod => datapath.Apply(meterMod),
        PortMod portMod => datapath.Apply(portMod),
        TableMod tableMod => WhyNot(tableMod),
        _ => null,
    };

    /// <summary>Tables have nothing left to configure in 1.3.</summary>
    private Refusal? WhyNot(TableMod mod)
    {
        bool isThere = mod.Table == TableId.All || mod.Table.Value < datapath.TableCount;
        if (!isThere) return new Refusal(ErrorType.TableModFailed, ErrorCodes.TableModBadTable);
        bool isKnown = (mod.Config & ~DeprecatedConfig) == 0;
        return isKnown ? null : new Refusal(ErrorType.TableModFailed, ErrorCodes.TableModBadConfig);
    }
}
