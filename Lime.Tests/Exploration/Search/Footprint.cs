namespace Lime.Tests.Exploration.Search;

/// <summary>What an event has touched, a bit an object. Events that don't conflict may be swapped: both orders lead to
/// the same state.</summary>
/// <param name="Reads">Read.</param>
/// <param name="Writes">Changed.</param>
/// <param name="Adds">Changed in a way that commutes with changes of the same kind (a counter that counts one more),
/// but not with reading.</param>
internal readonly record struct Footprint(ulong Reads, ulong Writes, ulong Adds)
{
    public static Footprint operator |(in Footprint a, in Footprint b) =>
        new(a.Reads | b.Reads, a.Writes | b.Writes, a.Adds | b.Adds);

    public static Footprint Read(int subject) => new(1UL << subject, 0, 0);

    public static Footprint Write(int subject) => new(0, 1UL << subject, 0);

    public static Footprint Add(int subject) => new(0, 0, 1UL << subject);

    public bool ConflictsWith(in Footprint other) =>
        (Writes & (other.Reads | other.Writes | other.Adds)) != 0
        || (other.Writes & (Reads | Adds)) != 0
        || (Reads & other.Adds) != 0
        || (Adds & other.Reads) != 0;
}
