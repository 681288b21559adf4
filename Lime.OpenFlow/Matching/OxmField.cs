using System.Buffers.Binary;

namespace Lime.OpenFlow.Matching;

/// <summary>One match field in OpenFlow's extensible form: a class and a number, a value, perhaps a mask (OXM TLV,
/// 1.3.5 section 7.2.3.2).</summary>
/// <remarks><code>
/// 0  oxm_class:16   oxm_field:7  oxm_hasmask:1   oxm_length:8
/// 4  (class 0xffff only) experimenter:32
///    value, then, if there is one, a mask of the same size
/// </code>
/// Threading: immutable. Nothing is judged here: a field that this library doesn't know is kept as it is.</remarks>
public readonly struct OxmField : IEquatable<OxmField>
{
    /// <summary>The class of the fields in <see cref="OxmId"/> (OFPXMC_OPENFLOW_BASIC).</summary>
    public const ushort BasicClass = 0x8000;

    /// <summary>The class of experimenters' fields (OFPXMC_EXPERIMENTER).</summary>
    public const ushort ExperimenterClass = 0xffff;

    private const int HeaderBytes = 4;

    private readonly byte[]? _bytes;

    private OxmField(byte[] bytes)
    {
        _bytes = bytes;
    }

    /// <summary>The whole field as on the wire, header included.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>The class that gives the number its meaning.</summary>
    public ushort Class => Bytes.IsEmpty ? (ushort)0 : BinaryPrimitives.ReadUInt16BigEndian(Bytes);

    /// <summary>The number within the class, 0..127.</summary>
    public byte Number => Bytes.IsEmpty ? (byte)0 : (byte)(Bytes[2] >> 1);

    /// <summary>Whether a mask follows the value.</summary>
    public bool HasMask => !Bytes.IsEmpty && (Bytes[2] & 1) != 0;

    /// <summary>Which field of OpenFlow 1.3 it is; null if of another class or a later version.</summary>
    public OxmId? Id => Class == BasicClass && !Bytes.IsEmpty && Number <= (byte)OxmId.Ipv6ExtensionHeaders
        ? (OxmId)Number
        : null;

    /// <summary>The experimenter's number; null in other classes.</summary>
    public uint? Experimenter => Class == ExperimenterClass && Bytes.Length >= HeaderBytes + 4
        ? BinaryPrimitives.ReadUInt32BigEndian(Bytes[HeaderBytes..])
        : null;

    /// <summary>The value.</summary>
    public ReadOnlySpan<byte> Value => HasMask ? Payload[..(Payload.Length / 2)] : Payload;

    /// <summary>The mask, as long as the value; empty: every bit counts.</summary>
    public ReadOnlySpan<byte> Mask => HasMask ? Payload[(Payload.Length / 2)..] : default;

    /// <summary>What tells fields apart: class, number and experimenter, in the order of the wire's canonical
    /// form.</summary>
    internal ulong SortKey => ((ulong)Class << 40) | ((ulong)Number << 32) | (Experimenter ?? 0);

    private ReadOnlySpan<byte> Payload => Bytes.IsEmpty
        ? default
        : Bytes[(Experimenter is null ? HeaderBytes : HeaderBytes + 4)..];

    /// <summary>A field of OpenFlow 1.3.</summary>
    /// <param name="id">Which one.</param>
    /// <param name="value">Big-endian, as many bytes as the field has on the wire.</param>
    /// <param name="mask">As long as the value; empty: every bit counts.</param>
    /// <exception cref="ArgumentException">A mask of another length than the value.</exception>
    public static OxmField Of(OxmId id, ReadOnlySpan<byte> value, ReadOnlySpan<byte> mask = default)
    {
        if (!mask.IsEmpty && mask.Length != value.Length)
            throw new ArgumentException($"A mask of {mask.Length} bytes for a value of {value.Length}.", nameof(mask));
        byte[] bytes = new byte[HeaderBytes + value.Length + mask.Length];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, BasicClass);
        bytes[2] = (byte)(((byte)id << 1) | (mask.IsEmpty ? 0 : 1));
        bytes[3] = (byte)(value.Length + mask.Length);
        value.CopyTo(bytes.AsSpan(HeaderBytes));
        mask.CopyTo(bytes.AsSpan(HeaderBytes + value.Length));
        return new OxmField(bytes);
    }

    /// <summary>A field as on the wire, of any class.</summary>
    /// <param name="bytes">Header, value, mask; copied.</param>
    /// <exception cref="ArgumentException">The bytes aren't as many as their length field says, or a mask's size is
    /// not the value's.</exception>
    public static OxmField FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderBytes || bytes[3] != bytes.Length - HeaderBytes)
            throw new ArgumentException("The field's bytes disagree with its length.", nameof(bytes));
        var field = new OxmField(bytes.ToArray());
        bool isCut = field.Class == ExperimenterClass && field.Experimenter is null;
        if (isCut || (field.HasMask && field.Payload.Length % 2 != 0))
            throw new ArgumentException("The field's value and mask differ in size.", nameof(bytes));
        return field;
    }

    /// <summary>Whether both are the same field, whatever their values.</summary>
    public bool IsSameField(OxmField other) => SortKey == other.SortKey;

    /// <summary>Whether every value that <paramref name="other"/>, of the same field, admits is admitted by
    /// this.</summary>
    public bool Covers(OxmField other)
    {
        if (Value.Length != other.Value.Length) return false;
        for (int i = 0; i < Value.Length; i++)
        {
            int mask = MaskAt(i);
            if ((mask & ~other.MaskAt(i)) != 0 || ((Value[i] ^ other.Value[i]) & mask) != 0) return false;
        }
        return true;
    }

    /// <summary>Whether some value is admitted by both, of the same field.</summary>
    public bool Overlaps(OxmField other)
    {
        if (Value.Length != other.Value.Length) return false;
        for (int i = 0; i < Value.Length; i++)
        {
            if (((Value[i] ^ other.Value[i]) & MaskAt(i) & other.MaskAt(i)) != 0) return false;
        }
        return true;
    }

    /// <inheritdoc/>
    public bool Equals(OxmField other) => Bytes.SequenceEqual(other.Bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is OxmField other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }

    /// <summary>The field by name or number, its value and mask in hexadecimal digits.</summary>
    public override string ToString()
    {
        string name = Id is { } id ? id.ToString() : $"oxm(0x{Class:x4},{Number})";
        string mask = HasMask ? $"/{Convert.ToHexStringLower(Mask)}" : "";
        return $"{name}={Convert.ToHexStringLower(Value)}{mask}";
    }

    /// <summary>Equal bytes.</summary>
    public static bool operator ==(OxmField left, OxmField right) => left.Equals(right);

    /// <summary>Different bytes.</summary>
    public static bool operator !=(OxmField left, OxmField right) => !left.Equals(right);

    private int MaskAt(int index) => HasMask ? Mask[index] : 0xff;
}
