using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.OpenFlow.Wire.V13;

/// <summary>Meter-mods (ofp_meter_mod, OpenFlow 1.3.5 section 7.3.4.4).</summary>
/// <remarks><code>
///  8  command:16   flags:16
/// 12  meter_id:32
/// 16  bands
/// </code></remarks>
internal static class MeterModV13
{
    private const int BandsAt = 16;

    public static int SizeOf(MeterMod message)
    {
        if (message.Command > MeterModCommand.Delete) throw LimitsV13.Unsupported("MeterMod.Command");
        return WireLimits.FrameBytes(BandsAt + BandsV13.SizeOf(message.Bands));
    }

    public static void Write(ref WireWriter writer, MeterMod message)
    {
        writer.WriteUInt16((ushort)message.Command);
        writer.WriteUInt16((ushort)message.Flags);
        writer.WriteUInt32(message.Meter.Value);
        BandsV13.Write(ref writer, message.Bands);
    }

    public static MeterMod Read(ref WireReader reader)
    {
        var command = (MeterModCommand)reader.ReadUInt16("ofp_meter_mod.command");
        if (command > MeterModCommand.Delete)
            throw new OpenFlowProtocolException(ErrorType.MeterModFailed, ErrorCodes.MeterModBadCommand,
                $"ofp_meter_mod.command at byte {reader.Offset - 2} is {(ushort)command}, which is not defined.");
        var flags = (MeterFlags)reader.ReadUInt16("ofp_meter_mod.flags");
        var meter = new MeterId(reader.ReadUInt32("ofp_meter_mod.meter_id"));
        return new MeterMod(command, flags, meter, BandsV13.Read(ref reader, WireFault.MeterMod));
    }
}
