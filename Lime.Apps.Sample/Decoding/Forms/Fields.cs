using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Lime.Apps.Sample.Decoding.Numbers;
using Lime.OpenFlow.Matching;

namespace Lime.Apps.Sample.Decoding.Forms;

/// <summary>The fields of a message, one after another. A form, the function that goes through the fields of one type,
/// serves both ways: it hands in each field of the value it was given, and builds a value from what it gets
/// back.</summary>
/// <remarks>
/// <see cref="WritingFields"/> puts what it is given into JSON and gives it back; <see cref="ReadingFields"/> gives
/// what JSON says, and is given nothing: the values handed in are null or default there; <see cref="DigestFields"/>
/// folds all into one number. So writer and reader can't disagree.
/// </remarks>
internal abstract class Fields
{
    /// <summary>A number.</summary>
    /// <param name="name">The field's name.</param>
    /// <param name="value">The number; not looked at when reading.</param>
    /// <param name="form">How it is written.</param>
    /// <param name="missing">What it is where the field isn't there; null: it has to be.</param>
    /// <param name="isShown">Whether it is written also where it is what a missing one means.</param>
    public abstract ulong Number(
        string name, ulong? value, NumberForm form, ulong? missing = null, bool isShown = false);

    public abstract string Text(string name, string? value);

    /// <summary>Bytes in hexadecimal digits.</summary>
    /// <param name="name">The field's name.</param>
    /// <param name="value">The bytes.</param>
    /// <param name="isOptional">Whether no field means no bytes.</param>
    public abstract ImmutableArray<byte> Bytes(string name, ImmutableArray<byte>? value, bool isOptional = false);

    public abstract Match Match(string name, Match? value);

    /// <summary>One extensible match field, with its value but without a mask.</summary>
    public abstract OxmField Oxm(string name, OxmField? value);

    /// <summary>A value that has fields itself.</summary>
    public abstract T Object<T>(string name, T? value, Func<Fields, T?, T> form);

    /// <summary>Whether a field is there that may be absent.</summary>
    public abstract bool Has(string name, bool isThere);

    /// <summary>A list of values with fields.</summary>
    /// <param name="name">The field's name.</param>
    /// <param name="values">The values.</param>
    /// <param name="form">Goes through one of them.</param>
    /// <param name="isOptional">Whether no field means an empty list.</param>
    public abstract ImmutableArray<T> List<T>(
        string name, ImmutableArray<T>? values, Func<Fields, T?, T> form, bool isOptional = false);

    /// <summary>A list of numbers.</summary>
    public abstract ImmutableArray<uint> Numbers(string name, ImmutableArray<uint>? values, NumberForm form);

    /// <summary>Something that follows from other fields, for people: written behind an underscore, not
    /// read.</summary>
    public virtual void Note(string name, Func<JsonNode?> note)
    {
    }

    /// <summary>What is read can't be, for a reason that its form alone knows.</summary>
    public virtual void Fault(string name, string expected)
    {
    }
}
