using System.Numerics;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;

namespace Lime.OpenFlow.Wire.V13;

/// <summary>Matches (ofp_match, OpenFlow 1.3.5 section 7.2.3).</summary>
/// <remarks><code>
///  0  type:16 (1: OXM)   length:16 (of all but the padding)
///  4  fields, each       oxm_class:16   oxm_field:7  oxm_hasmask:1   oxm_length:8   value   mask
///     padding to a multiple of 8
/// </code>
/// Written in canonical form: the fields of class 0x8000 by number, so that each stands behind what it needs, then
/// the others by class and number. An exact match of 1.0 also names fields that its packets cannot have, such as a port
/// of an ARP packet; they select nothing, and are left out. Any other field without what it needs is refused.</remarks>
internal static class MatchV13
{
    private const int HeaderBytes = 4;
    private const int AlignmentBytes = 8;

    /// <summary>OFPMT_OXM; the only other type is the deprecated OFPMT_STANDARD.</summary>
    public const ushort OxmType = 1;

    /// <summary>The match's size in bytes, padding included.</summary>
    /// <exception cref="UnsupportedByVersionException">OpenFlow 1.3 cannot say it.</exception>
    public static int SizeOf(in Match match)
    {
        if (ConversationMatchV13.Fits(match)) return ConversationMatchV13.SizeBytes;
        return match.IsExact ? SizeOfSayable(MatchNormalisation.Normalise(match)) : SizeOfSayable(match);
    }

    public static void Write(ref WireWriter writer, in Match match)
    {
        if (ConversationMatchV13.Fits(match))
            ConversationMatchV13.Write(writer.Take(ConversationMatchV13.SizeBytes), match);
        else if (match.IsExact) WriteSayable(ref writer, MatchNormalisation.Normalise(match));
        else WriteSayable(ref writer, match);
    }

    public static Match Read(ref WireReader reader)
    {
        WireReader fields = ReadFields(ref reader);
        if (fields.RemainingBytes == 0) return Match.Any;
        var builder = new MatchBuilderV13(CountFields(fields));
        while (fields.HasMore())
        {
            int offset = fields.Offset;
            builder.Add(OxmFieldsV13.Take(ref fields), offset);
        }
        return builder.ToMatch();
    }

    /// <summary>A reader of the fields; <paramref name="reader"/> goes on behind the padding.</summary>
    /// <exception cref="OpenFlowProtocolException">No OXM match (BAD_TYPE), or a wrong length (BAD_LEN).</exception>
    public static WireReader ReadFields(ref WireReader reader)
    {
        int offset = reader.Offset;
        if (reader.RemainingBytes < HeaderBytes) throw BadLength(offset, reader.RemainingBytes);
        ushort type = reader.ReadUInt16("ofp_match.type");
        if (type != OxmType)
            throw new OpenFlowProtocolException(ErrorType.BadMatch, ErrorCodes.MatchBadType,
                $"ofp_match.type at byte {offset} is {type}, not OXM.");
        int length = reader.ReadUInt16("ofp_match.length");
        bool fits = length >= HeaderBytes && Padded(length) - HeaderBytes <= reader.RemainingBytes;
        if (!fits) throw BadLength(offset, length);
        WireReader fields = reader.ReadPart(length - HeaderBytes, "ofp_match.oxm_fields");
        reader.Skip(Padded(length) - length, "ofp_match.pad");
        return fields;
    }

    public static int Padded(int bytes) => (bytes + AlignmentBytes - 1) / AlignmentBytes * AlignmentBytes;

    private static int SizeOfSayable(in Match match)
    {
        ulong core = CoreFieldsV13.SetOf(match);
        if (match.Further.Count > 0) CheckFurther(match, core);
        return Padded(LengthOf(match, core));
    }

    private static void WriteSayable(ref WireWriter writer, in Match match)
    {
        ulong core = CoreFieldsV13.SetOf(match);
        int length = LengthOf(match, core);
        writer.WriteUInt16(OxmType);
        writer.WriteUInt16((ushort)length);
        ReadOnlySpan<OxmField> further = match.Further.AsSpan();
        foreach (OxmField field in further)
        {
            if (field.Class != OxmField.BasicClass) continue;
            while (core != 0 && BitOperations.TrailingZeroCount(core) < field.Number)
                WriteCore(ref writer, match, TakeLowest(ref core));
            writer.WriteBytes(field.Bytes);
        }
        while (core != 0) WriteCore(ref writer, match, TakeLowest(ref core));
        foreach (OxmField field in further)
        {
            if (field.Class != OxmField.BasicClass) writer.WriteBytes(field.Bytes);
        }
        writer.WriteZeros(Padded(length) - length);
    }

    private static int CountFields(WireReader fields)
    {
        int count = 0;
        for (; fields.HasMore(); count++) OxmFieldsV13.Take(ref fields);
        return count;
    }

    private static int LengthOf(in Match match, ulong core)
    {
        long bytes = HeaderBytes;
        while (core != 0)
        {
            OxmId id = TakeLowest(ref core);
            int size = OxmFieldsV13.ShapeOf(id).ValueBytes;
            bytes += OxmFieldsV13.HeaderBytes + (IsMasked(match, id) ? 2 * size : size);
        }
        foreach (OxmField field in match.Further.AsSpan()) bytes += field.Bytes.Length;
        return WireLimits.FrameBytes(bytes);
    }

    private static bool IsMasked(in Match match, OxmId id) =>
        CoreFieldsV13.Get(match, id).Mask != CoreFieldsV13.PlaceOf(id).Whole;

    private static void WriteCore(ref WireWriter writer, in Match match, OxmId id)
    {
        (ulong value, ulong mask) = CoreFieldsV13.Get(match, id);
        bool isMasked = mask != CoreFieldsV13.PlaceOf(id).Whole;
        int size = OxmFieldsV13.ShapeOf(id).ValueBytes;
        writer.WriteUInt16(OxmField.BasicClass);
        writer.WriteUInt8((byte)(((byte)id << 1) | (isMasked ? 1 : 0)));
        writer.WriteUInt8((byte)(isMasked ? 2 * size : size));
        writer.WriteNumber(value, size);
        if (isMasked) writer.WriteNumber(mask, size);
    }

    /// <summary>Checks that a switch would take the further fields among those of the core.</summary>
    private static void CheckFurther(in Match match, ulong core)
    {
        PrerequisitesV13 said = PrerequisitesV13.Nothing;
        foreach (OxmField field in match.Further.AsSpan())
        {
            if (field.Id is not { } id) continue;
            while (core != 0 && BitOperations.TrailingZeroCount(core) < (int)id)
            {
                OxmId before = TakeLowest(ref core);
                (ulong coreValue, ulong coreMask) = CoreFieldsV13.Get(match, before);
                said.Observe(before, coreValue, coreMask);
            }
            bool isTwice = core != 0 && BitOperations.TrailingZeroCount(core) == (int)id;
            bool isBad = isTwice || OxmFieldsV13.FaultOf(field.Bytes, id) is not null
                || !said.Allow(OxmFieldsV13.ShapeOf(id).Needs);
            if (isBad) throw LimitsV13.Unsupported($"Match.Further.{id}");
            if (field.Value.Length > sizeof(ulong)) continue;
            ulong mask = field.HasMask ? OxmFieldsV13.ToNumber(field.Mask) : ulong.MaxValue;
            said.Observe(id, OxmFieldsV13.ToNumber(field.Value), mask);
        }
    }

    private static OxmId TakeLowest(ref ulong set)
    {
        int number = BitOperations.TrailingZeroCount(set);
        set &= set - 1;
        return (OxmId)number;
    }

    private static OpenFlowProtocolException BadLength(int offset, int length) => new(
        ErrorType.BadMatch, ErrorCodes.MatchBadLength,
        $"ofp_match.length of the match at byte {offset} is {length}, which does not fit.");
}
