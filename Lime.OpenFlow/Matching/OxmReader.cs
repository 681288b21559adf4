namespace Lime.OpenFlow.Matching;

/// <summary>Goes through match fields that lie back to back, without a copy.</summary>
/// <remarks>For fields that were checked when they were decoded, as those of a packet-in; a list that is cut short ends
/// before the cut. Use with <c>foreach</c>.</remarks>
/// <param name="fields">The fields as on the wire.</param>
public ref struct OxmReader(ReadOnlySpan<byte> fields)
{
    private const int HeaderBytes = 4;

    private ReadOnlySpan<byte> _rest = fields;

    /// <summary>The present field, header included.</summary>
    public ReadOnlySpan<byte> Current { get; private set; }

    /// <summary>Goes to the next field.</summary>
    /// <returns>Whether there is one.</returns>
    public bool MoveNext()
    {
        if (_rest.Length < HeaderBytes || _rest.Length < HeaderBytes + _rest[3]) return false;
        int bytes = HeaderBytes + _rest[3];
        Current = _rest[..bytes];
        _rest = _rest[bytes..];
        return true;
    }

    /// <summary>Itself, for <c>foreach</c>.</summary>
    public readonly OxmReader GetEnumerator() => this;
}
