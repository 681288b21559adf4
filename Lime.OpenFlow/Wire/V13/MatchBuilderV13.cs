using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;

namespace Lime.OpenFlow.Wire.V13;

/// <summary>Puts a match together from its fields as they come.</summary>
/// <remarks>Life cycle: one match. Steps are the fields' bytes, and the sorting of the further ones.</remarks>
/// <param name="countMax">No more fields will come.</param>
internal struct MatchBuilderV13(int countMax)
{
    private readonly int _countMax = countMax;
    private PrerequisitesV13 _said = PrerequisitesV13.Nothing;
    private PacketFields _values;
    private PacketFields _mask;
    private ulong _seen;
    private OxmField[]? _further;
    private int _furtherCount;

    /// <summary>Takes in the field at byte <paramref name="offset"/> of the frame.</summary>
    /// <exception cref="OpenFlowProtocolException">BAD_MATCH: BAD_LEN, BAD_VALUE, BAD_MASK, BAD_WILDCARDS, BAD_PREREQ,
    /// DUP_FIELD.</exception>
    public void Add(ReadOnlySpan<byte> tlv, int offset)
    {
        if (OxmFieldsV13.IdOf(tlv) is { } id)
            AddKnown(tlv, id, offset);
        else if (OxmFieldsV13.IsWellFormedUnknown(tlv))
            AddFurther(OxmField.FromBytes(tlv));
        else
            throw OxmFieldsV13.BadMatch(ErrorCodes.MatchBadLength, offset, $"has {tlv.Length} bytes");
    }

    /// <exception cref="OpenFlowProtocolException">A further field occurs twice.</exception>
    public readonly Match ToMatch()
    {
        if (_furtherCount == 0) return new Match(_values, _mask);
        FurtherFields? further = FurtherFields.TryOf(_further.AsSpan(0, _furtherCount), out OxmField twice);
        return further is not null
            ? new Match(_values, _mask, further)
            : throw new OpenFlowProtocolException(ErrorType.BadMatch, ErrorCodes.MatchDuplicateField,
                $"The match field {twice} occurs twice.");
    }

    private void AddKnown(ReadOnlySpan<byte> tlv, OxmId id, int offset)
    {
        if (OxmFieldsV13.FaultOf(tlv, id) is { } fault)
            throw OxmFieldsV13.BadMatch(fault, offset, OxmFieldsV13.Describe(fault, id, tlv));
        ref readonly OxmShapeV13 shape = ref OxmFieldsV13.ShapeOf(id);
        ReadOnlySpan<byte> value = tlv.Slice(OxmFieldsV13.HeaderBytes, shape.ValueBytes);
        ReadOnlySpan<byte> mask = tlv[(OxmFieldsV13.HeaderBytes + shape.ValueBytes)..];
        if (!mask.IsEmpty && !mask.ContainsAnyExcept((byte)0)) return;
        if (!_said.Allow(shape.Needs))
            throw OxmFieldsV13.BadMatch(ErrorCodes.MatchBadPrerequisite, offset,
                $"({OxmFieldsV13.NameOf(id)}) needs {OxmFieldsV13.NameOf(shape.Needs)} before it");
        ulong bit = 1ul << (int)id;
        if ((_seen & bit) != 0)
            throw OxmFieldsV13.BadMatch(
                ErrorCodes.MatchDuplicateField, offset, $"({OxmFieldsV13.NameOf(id)}) occurs twice");
        _seen |= bit;
        if (shape.ValueBytes > sizeof(ulong))
        {
            AddFurther(Canonical(id, value, mask));
            return;
        }
        ulong number = OxmFieldsV13.ToNumber(value);
        ulong bits = mask.IsEmpty ? shape.Whole : OxmFieldsV13.ToNumber(mask) & shape.Whole;
        _said.Observe(id, number, bits);
        if (!CoreFieldsV13.Fits(id, number, _said.EthType))
        {
            AddFurther(bits == shape.Whole ? OxmField.Of(id, value) : OxmField.FromBytes(tlv));
            return;
        }
        _values = _values.Or(CoreFieldsV13.Put(id, number));
        _mask = _mask.Or(CoreFieldsV13.Put(id, bits == shape.Whole ? CoreFieldsV13.PlaceOf(id).Whole : bits));
    }

    /// <summary>A mask of ones is no mask (1.3.5 section 7.2.3.5).</summary>
    private static OxmField Canonical(OxmId id, ReadOnlySpan<byte> value, ReadOnlySpan<byte> mask) =>
        OxmField.Of(id, value, mask.ContainsAnyExcept((byte)0xff) ? mask : default);

    /// <summary>The array is made once, as long as it may get.</summary>
    private void AddFurther(OxmField field)
    {
        _further ??= new OxmField[_countMax];
        _further[_furtherCount++] = field;
    }
}
