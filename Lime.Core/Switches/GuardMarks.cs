using Lime.Core.Rules;
using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Switches;

/// <summary>The cookies of entries that send a rule's packets to us in the rule's place, by which those packets are
/// known where a packet-in names its rule.</summary>
/// <remarks>A mark is "Lime" and a number. One that is not of the present belongs to an entry that is gone, whose
/// packets come late; of those the last <see cref="PastMax"/> are remembered. Threading: the owner loop's.</remarks>
/// <param name="kind">Tells the marks of one purpose from those of others; above every letter, which Lime's other
/// rules have there.</param>
internal sealed class GuardMarks(byte kind = GuardMarks.Guard)
{
    /// <summary>Of guards of a two-phase update.</summary>
    public const byte Guard = 0xff;

    /// <summary>Of rules whose packets apps see before anybody else does.</summary>
    public const byte ControllerFirst = 0xfe;

    private const ulong Prefix = 0x4c69_6d65_0000_0000;
    private const uint Numbers = 0x00ff_ffff;
    private const int PastMax = 4096;

    /// <summary>The mark of guards that drop, of which no packet-in tells.</summary>
    public static readonly Cookie Dropping = new(Prefix | 0xff00_0000);

    private readonly Dictionary<Cookie, FlowRule> _present = [];
    private readonly Dictionary<Cookie, FlowRule> _past = [];
    private readonly Queue<Cookie> _pastInOrder = [];
    private uint _last;

    /// <summary>A mark for the entries in place of a rule.</summary>
    public Cookie Next(FlowRule rule)
    {
        // Never number 0, which is that of guards that drop.
        var mark = new Cookie(Prefix | ((ulong)kind << 24) | (Numbers - (_last++ % Numbers)));
        _present[mark] = rule;
        return mark;
    }

    /// <summary>The update is over.</summary>
    public void BecomePast()
    {
        foreach (Cookie mark in _present.Keys.ToArray()) BecomePast(mark);
    }

    /// <summary>The entries with a mark are gone.</summary>
    public void BecomePast(Cookie mark)
    {
        if (!_present.Remove(mark, out FlowRule? rule)) return;
        if (_pastInOrder.Count >= PastMax) _past.Remove(_pastInOrder.Dequeue());
        _past[mark] = rule;
        _pastInOrder.Enqueue(mark);
    }

    /// <summary>Whether a cookie may be one of Lime's own.</summary>
    public static bool IsOurs(Cookie cookie) => cookie.Value >> 32 == Prefix >> 32;

    /// <summary>Whether an entry with this cookie is, or was, the guard of an update.</summary>
    public static bool IsGuard(Cookie cookie) => cookie.Value >> 24 == (Prefix >> 24 | Guard);

    /// <summary>Whether a cookie is one of these marks, of now or of before.</summary>
    public bool Knows(Cookie cookie) => _last > 0 && cookie.Value >> 24 == (Prefix >> 24 | kind);

    /// <summary>Whether the entry is there at present.</summary>
    public bool IsPresent(Cookie cookie) => _present.ContainsKey(cookie);

    /// <summary>The rule in whose place the entry is, or was not long ago; or null.</summary>
    public FlowRule? RuleOf(Cookie cookie) =>
        _present.GetValueOrDefault(cookie) ?? _past.GetValueOrDefault(cookie);
}
