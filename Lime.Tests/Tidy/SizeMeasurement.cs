namespace Lime.Tests.Tidy;

/// <summary>The sizes of many things, in lines, and what they may be.</summary>
internal sealed class SizeMeasurement
{
    private readonly Sized[] _bySize;

    public SizeMeasurement(string name, SizeLimit limit, IEnumerable<Sized> things)
    {
        Name = name;
        Limit = limit;
        _bySize = [.. things.OrderBy(thing => thing.Lines)];
    }

    public string Name { get; }

    public SizeLimit Limit { get; }

    public int Count => _bySize.Length;

    public int Median => Quantile(0.5);

    /// <summary>The smallest size that 95 % do not exceed.</summary>
    public int Most => Quantile(0.95);

    public int Longest => Quantile(1);

    /// <summary>Every limit that is broken, and for the last one each thing that breaks it.</summary>
    public IEnumerable<string> Faults()
    {
        if (Count == 0) yield return "nothing was measured";
        if (Median >= Limit.MedianBelow) yield return $"the median is {Median}, not under {Limit.MedianBelow}";
        if (Most >= Limit.MostBelow) yield return $"95 % lie under {Most + 1}, not under {Limit.MostBelow}";
        foreach (Sized thing in _bySize.Where(thing => thing.Lines > Limit.Max))
            yield return $"{thing.Name} has {thing.Lines} lines, over {Limit.Max}";
    }

    private int Quantile(double share) =>
        Count == 0 ? 0 : _bySize[Math.Max(0, (int)Math.Ceiling(share * Count) - 1)].Lines;
}
