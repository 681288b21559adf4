using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Lime.Apps.Sample.Decoding.Numbers;
using Lime.OpenFlow.Matching;

namespace Lime.Apps.Sample.Decoding.Forms;

/// <summary>Folds every field into one number of 64 bits: values of the same digest are taken to be equal.</summary>
/// <remarks>Each step is a bijection of the state for a given field, so values that differ in one number always have
/// different digests; of others one in 2^64 pairs doesn't.</remarks>
internal sealed class DigestFields : Fields
{
    private ulong _state;

    public static ulong Of<T>(T value, Func<Fields, T?, T> form)
    {
        var fields = new DigestFields();
        form(fields, value);
        return fields._state;
    }

    public override ulong Number(
        string name, ulong? value, NumberForm form, ulong? missing = null, bool isShown = false)
    {
        ulong number = value ?? missing ?? 0;
        Add(number);
        return number;
    }

    public override string Text(string name, string? value)
    {
        Add(MemoryMarshal.AsBytes((value ?? "").AsSpan()));
        return value ?? "";
    }

    public override ImmutableArray<byte> Bytes(string name, ImmutableArray<byte>? value, bool isOptional = false)
    {
        ImmutableArray<byte> bytes = value is { IsDefault: false } some ? some : [];
        Add(bytes.AsSpan());
        return bytes;
    }

    public override Match Match(string name, Match? value)
    {
        Match match = value ?? default;
        Add(match.Mask);
        Add(match.Values);
        Add((ulong)match.Further.Count);
        foreach (ref readonly OxmField field in match.Further.AsSpan()) Add(field.Bytes);
        return match;
    }

    public override OxmField Oxm(string name, OxmField? value)
    {
        OxmField field = value ?? default;
        Add(field.Bytes);
        return field;
    }

    public override T Object<T>(string name, T? value, Func<Fields, T?, T> form) where T : default
    {
        form(this, value);
        return value!;
    }

    public override bool Has(string name, bool isThere)
    {
        Add(isThere ? 1ul : 0);
        return isThere;
    }

    public override ImmutableArray<T> List<T>(
        string name, ImmutableArray<T>? values, Func<Fields, T?, T> form, bool isOptional = false) where T : default
    {
        ImmutableArray<T> items = values is { IsDefault: false } some ? some : [];
        Add((ulong)items.Length);
        foreach (T item in items) form(this, item);
        return items;
    }

    public override ImmutableArray<uint> Numbers(string name, ImmutableArray<uint>? values, NumberForm form)
    {
        ImmutableArray<uint> items = values is { IsDefault: false } some ? some : [];
        Add((ulong)items.Length);
        foreach (uint item in items) Add(item);
        return items;
    }

    private void Add(in PacketFields fields)
    {
        Add(fields.W0);
        Add(fields.W1);
        Add(fields.W2);
        Add(fields.W3);
        Add(fields.W4);
    }

    private void Add(ReadOnlySpan<byte> bytes)
    {
        Add((ulong)bytes.Length);
        for (; bytes.Length >= 8; bytes = bytes[8..]) Add(BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        ulong rest = 0;
        foreach (byte each in bytes) rest = (rest << 8) | each;
        Add(rest);
    }

    /// <summary>The finisher of SplitMix64 (Steele, Lea, Flood 2014), which is a bijection.</summary>
    private void Add(ulong number)
    {
        ulong mixed = _state + number + 0x9e3779b97f4a7c15;
        mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
        _state = mixed ^ (mixed >> 31);
    }
}
