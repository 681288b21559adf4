using System.Collections;

namespace Lime.OpenFlow.Matching;

/// <summary>The fields of a match that <see cref="PacketFields"/> has no room for: metadata, IPv6 addresses, MPLS,
/// tunnels, and every field that this library doesn't know.</summary>
/// <remarks>Threading: immutable. Sorted by class and number, each field once; lists of equal fields are
/// equal.</remarks>
public sealed class FurtherFields : IReadOnlyList<OxmField>, IEquatable<FurtherFields>
{
    private readonly OxmField[] _fields;
    private readonly int _hash;

    private FurtherFields(OxmField[] fields)
    {
        _fields = fields;
        var hash = new HashCode();
        foreach (OxmField field in fields) hash.Add(field);
        _hash = fields.Length == 0 ? 0 : hash.ToHashCode();
    }

    /// <summary>No further field.</summary>
    public static FurtherFields None { get; } = new([]);

    /// <inheritdoc/>
    public int Count => _fields.Length;

    /// <inheritdoc/>
    public OxmField this[int index] => _fields[index];

    /// <summary>The fields without a copy.</summary>
    public ReadOnlySpan<OxmField> AsSpan() => _fields;

    /// <summary>A list of the given fields, sorted.</summary>
    /// <exception cref="ArgumentException">A field occurs twice.</exception>
    public static FurtherFields Of(params ReadOnlySpan<OxmField> fields)
    {
        if (fields.IsEmpty) return None;
        return TryOf(fields, out _) ?? throw new ArgumentException("A field occurs twice.", nameof(fields));
    }

    /// <summary>A list of the given fields, sorted; null if one occurs <paramref name="twice"/>.</summary>
    internal static FurtherFields? TryOf(ReadOnlySpan<OxmField> fields, out OxmField twice)
    {
        twice = default;
        OxmField[] sorted = fields.ToArray();
        Array.Sort(sorted, static (a, b) => a.SortKey.CompareTo(b.SortKey));
        for (int i = 1; i < sorted.Length; i++)
        {
            if (!sorted[i].IsSameField(sorted[i - 1])) continue;
            twice = sorted[i];
            return null;
        }
        return new FurtherFields(sorted);
    }

    /// <summary>The field with this id; null if it is not matched.</summary>
    public OxmField? Find(OxmId id)
    {
        foreach (OxmField field in _fields)
        {
            if (field.Id == id) return field;
        }
        return null;
    }

    /// <summary>The same list with one field in place of the one of the same kind, if there is one.</summary>
    public FurtherFields With(OxmField field) =>
        Of([.. _fields.Where(each => !each.IsSameField(field)), field]);

    /// <summary>The same list without one field.</summary>
    public FurtherFields Without(OxmId id) => Of([.. _fields.Where(each => each.Id != id)]);

    /// <summary>Whether everything that <paramref name="other"/> admits is admitted by this.</summary>
    public bool Covers(FurtherFields other)
    {
        foreach (OxmField field in _fields)
        {
            if (other.Same(field) is not { } theirs || !field.Covers(theirs)) return false;
        }
        return true;
    }

    /// <summary>Whether something is admitted by both.</summary>
    public bool Overlaps(FurtherFields other)
    {
        foreach (OxmField field in _fields)
        {
            if (other.Same(field) is { } theirs && !field.Overlaps(theirs)) return false;
        }
        return true;
    }

    /// <inheritdoc/>
    public bool Equals(FurtherFields? other) => ReferenceEquals(this, other)
        || (other is not null && _hash == other._hash && AsSpan().SequenceEqual(other.AsSpan()));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as FurtherFields);

    /// <inheritdoc/>
    public override int GetHashCode() => _hash;

    /// <inheritdoc/>
    public IEnumerator<OxmField> GetEnumerator() => ((IEnumerable<OxmField>)_fields).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _fields.GetEnumerator();

    /// <summary>The fields, separated by commas.</summary>
    public override string ToString() => string.Join(',', _fields);

    private OxmField? Same(OxmField field)
    {
        foreach (OxmField each in _fields)
        {
            if (each.IsSameField(field)) return each;
        }
        return null;
    }
}
