namespace Lime.Tests.Tidy;

/// <summary>How long things may be, in lines.</summary>
/// <param name="MedianBelow">The median has to be under it.</param>
/// <param name="MostBelow">95 % have to be under it.</param>
/// <param name="Max">None may be over it.</param>
internal sealed record SizeLimit(int MedianBelow, int MostBelow, int Max)
{
    public static SizeLimit Files { get; } = new(90, 300, 400);

    public static SizeLimit Functions { get; } = new(12, 45, 70);
}
