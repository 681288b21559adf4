namespace Lime.Apps.Sample.Fuzzing;

/// <summary>A stream of random numbers (SplitMix64, Steele, Lea, Flood 2014): a start costs nothing, so that every
/// frame has a stream of its own and can be made again alone.</summary>
/// <param name="seed">The same seed and index give the same numbers.</param>
/// <param name="index">Which of the seed's streams.</param>
internal struct SplitMix(ulong seed, ulong index)
{
    private const ulong Odd = 0x9e3779b97f4a7c15;

    private ulong _state = Mix(seed + Odd) ^ Mix((index * Odd) + 1);

    public ulong Next() => Mix(_state += Odd);

    /// <summary>A number below <paramref name="limit"/>, at least 1.</summary>
    public int Below(int limit) => (int)((Next() >> 32) * (ulong)limit >> 32);

    /// <summary>True once in <paramref name="times"/>.</summary>
    public bool OneIn(int times) => Below(times) == 0;

    private static ulong Mix(ulong number)
    {
        number = (number ^ (number >> 30)) * 0xbf58476d1ce4e5b9;
        number = (number ^ (number >> 27)) * 0x94d049bb133111eb;
        return number ^ (number >> 31);
    }
}
