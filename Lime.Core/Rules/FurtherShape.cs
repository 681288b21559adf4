using Lime.OpenFlow.Matching;

namespace Lime.Core.Rules;

/// <summary>Which further fields a match looks at, and under which masks, whatever it wants them to be.</summary>
internal static class FurtherShape
{
    /// <summary>The fields of a match with values of zero: equal for all matches that look at the same bits.</summary>
    public static FurtherFields Of(in Match match)
    {
        if (!match.HasFurther) return FurtherFields.None;
        ReadOnlySpan<OxmField> fields = match.Further.AsSpan();
        var blank = new OxmField[fields.Length];
        for (int i = 0; i < blank.Length; i++) blank[i] = Blank(fields[i]);
        return FurtherFields.Of(blank);
    }

    /// <summary>The hash of what fields are in the bits that a shape looks at.</summary>
    /// <returns>False: one of the shape's fields is not among them.</returns>
    public static bool TryHash(FurtherFields shape, FurtherFields fields, out uint hash)
    {
        hash = 0;
        foreach (OxmField wanted in shape.AsSpan())
        {
            if (!TryFind(fields, wanted, out OxmField found)) return false;
            ReadOnlySpan<byte> value = found.Value;
            ReadOnlySpan<byte> mask = wanted.Mask;
            for (int i = 0; i < value.Length; i++)
            {
                int counting = i < mask.Length ? value[i] & mask[i] : value[i];
                hash = (hash ^ (uint)counting) * 0x01000193;
            }
        }
        return true;
    }

    private static bool TryFind(FurtherFields fields, OxmField wanted, out OxmField found)
    {
        foreach (OxmField each in fields.AsSpan())
        {
            found = each;
            if (each.IsSameField(wanted)) return true;
        }
        found = default;
        return false;
    }

    private static OxmField Blank(OxmField field)
    {
        const int HeaderBytes = 4;
        byte[] bytes = field.Bytes.ToArray();
        int start = HeaderBytes + (field.Experimenter is null ? 0 : sizeof(uint));
        bytes.AsSpan(start, field.Value.Length).Clear();
        return OxmField.FromBytes(bytes);
    }
}
