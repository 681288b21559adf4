using Lime.OpenFlow.Matching;

namespace Lime.Core.Emulation.Tables;

/// <summary>Which bits of which fields rules look at: what tells one group of rules from another in tuple space
/// search.</summary>
/// <param name="Mask">The bits of the usual fields.</param>
/// <param name="Further">The further fields, their values zero, each with its mask if it has one.</param>
internal readonly record struct FieldSelection(PacketFields Mask, FurtherFields Further)
{
    /// <summary>What a rule with this normalised match looks at.</summary>
    public static FieldSelection Of(in Match match) => new(match.Mask, Blank(match.Further));

    /// <summary>A field whose mask is all ones has none, one whose mask is all zeros is not matched, and no value has
    /// a bit outside its mask.</summary>
    public static FurtherFields Normalise(FurtherFields fields)
    {
        var normal = new List<OxmField>(fields.Count);
        foreach (OxmField field in fields.AsSpan())
        {
            if (!field.HasMask || field.Id is null) normal.Add(field);
            else if (!field.Mask.ContainsAnyExcept((byte)0xff)) normal.Add(OxmField.Of(field.Id.Value, field.Value));
            else if (field.Mask.ContainsAnyExcept((byte)0)) normal.Add(Under(field, field));
        }
        return FurtherFields.Of([.. normal]);
    }

    /// <summary>What a packet has in the bits that count.</summary>
    /// <returns>False: it lacks one of the fields, so none of the rules matches it.</returns>
    public bool TrySelect(in PacketFields fields, FurtherFields? further, out MaskedFields masked)
    {
        masked = new MaskedFields(fields.And(Mask), FurtherFields.None);
        if (Further.Count == 0) return true;
        if (further is null) return false;
        var selected = new OxmField[Further.Count];
        for (int i = 0; i < selected.Length; i++)
        {
            OxmField wanted = Further[i];
            if (wanted.Id is not { } id || further.Find(id) is not { } present) return false;
            selected[i] = wanted.HasMask ? Under(present, wanted) : present;
        }
        masked = masked with { Further = FurtherFields.Of(selected) };
        return true;
    }

    private static FurtherFields Blank(FurtherFields fields)
    {
        if (fields.Count == 0) return FurtherFields.None;
        var blank = new OxmField[fields.Count];
        for (int i = 0; i < blank.Length; i++)
        {
            OxmField field = fields[i];
            blank[i] = field.Id is { } id ? OxmField.Of(id, new byte[field.Value.Length], field.Mask) : field;
        }
        return FurtherFields.Of(blank);
    }

    /// <summary>The value under the mask of <paramref name="wanted"/>, with that mask.</summary>
    private static OxmField Under(OxmField field, OxmField wanted)
    {
        byte[] value = field.Value.ToArray();
        for (int i = 0; i < value.Length && i < wanted.Mask.Length; i++) value[i] &= wanted.Mask[i];
        return OxmField.Of(wanted.Id!.Value, value, wanted.Mask);
    }
}
