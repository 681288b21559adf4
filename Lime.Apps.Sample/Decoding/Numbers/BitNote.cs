using System.Text.Json.Nodes;

namespace Lime.Apps.Sample.Decoding.Numbers;

/// <summary>The names of bits whose number is what is read and written, for people.</summary>
internal static class BitNote
{
    private static readonly string[] Fragments = ["FRAG_NORMAL", "FRAG_DROP", "FRAG_REASM", "FRAG_NX_MATCH"];

    private const int FragmentsMask = 3;
    private const int InvalidTtlToController = 4;

    /// <summary>The names of the bits that are set, lowest first; bits without a name by their numbers.</summary>
    public static JsonNode Of(ulong bits, params string[] names)
    {
        var found = new List<string>();
        for (int bit = 0; bit < 64; bit++)
        {
            if ((bits >> bit & 1) == 0) continue;
            found.Add(bit < names.Length && names[bit].Length > 0 ? names[bit] : $"bit {bit}");
        }
        return found.Count == 0 ? "none" : string.Join(' ', found);
    }

    /// <summary>The flags of a switch's configuration, of which two say one thing (1.3.5 section 7.3.2; the third way
    /// of
    /// fragments is Open vSwitch's).</summary>
    public static JsonNode Config(ushort flags)
    {
        string fragments = Fragments[flags & FragmentsMask];
        string ttl = (flags & InvalidTtlToController) != 0 ? " INVALID_TTL_TO_CONTROLLER" : "";
        int others = flags & ~(FragmentsMask | InvalidTtlToController);
        return fragments + ttl + (others == 0 ? "" : $" 0x{others:x4}");
    }
}
