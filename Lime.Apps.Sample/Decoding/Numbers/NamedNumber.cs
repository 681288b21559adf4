using System.Text.Json.Nodes;

namespace Lime.Apps.Sample.Decoding.Numbers;

/// <summary>A number some of whose values have names; the others are written in decimal.</summary>
internal sealed class NamedNumber : NumberForm
{
    private readonly (string Name, ulong Value)[] _names;

    public NamedNumber(ulong max, params (string Name, ulong Value)[] names)
        : base(max, $"a number, 0 to {max}, or one of {string.Join(", ", names.Select(each => each.Name))}")
    {
        _names = names;
    }

    /// <summary>Names of 0, 1, 2 and so on.</summary>
    public static NamedNumber InOrder(ulong max, params string[] names) =>
        new(max, [.. names.Select((name, index) => (name, (ulong)index))]);

    /// <summary>The value's name, or null.</summary>
    public string? NameOf(ulong value) => _names.FirstOrDefault(each => each.Value == value).Name;

    public override JsonNode Write(ulong number) =>
        NameOf(number) is { } name ? JsonValue.Create(name) : WriteDecimal(number);

    protected override bool TryParse(string text, out ulong number)
    {
        foreach ((string name, ulong value) in _names)
        {
            number = value;
            if (name.Equals(text, StringComparison.OrdinalIgnoreCase)) return true;
        }
        return base.TryParse(text, out number);
    }
}
