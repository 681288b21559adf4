using Lime.Core.Rules;
using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Switches;

/// <summary>The cookies of guard rules, by which their packets are known where a packet-in names its rule.</summary>
/// <remarks>A guard's cookie is "Lime" and a number. One that is not the present update's belongs to a guard that is
/// gone, whose packets come late. Threading: the owner loop's.</remarks>
internal sealed class GuardMarks
{
    private const ulong Prefix = 0x4c69_6d65_0000_0000;

    /// <summary>The mark of guards that drop, of which no packet-in tells.</summary>
    public static readonly Cookie Dropping = new(Prefix | 0xff00_0000);

    private readonly Dictionary<Cookie, FlowRule> _present = [];
    private uint _last;

    /// <summary>A mark for the guard of a rule.</summary>
    public Cookie Next(FlowRule rule)
    {
        // From the top down, and never as far as the marks of Lime's other rules, which are letters.
        var mark = new Cookie(Prefix | (uint.MaxValue - (_last++ % 0x00ff_ffff)));
        _present[mark] = rule;
        return mark;
    }

    /// <summary>The update is over.</summary>
    public void BecomePast() => _present.Clear();

    /// <summary>Whether a cookie may be one of Lime's own.</summary>
    public static bool IsOurs(Cookie cookie) => cookie.Value >> 32 == Prefix >> 32;

    /// <summary>Whether an entry with this cookie is, or was, a guard.</summary>
    public static bool IsGuard(Cookie cookie) => (cookie.Value & 0xffff_ffff_ff00_0000) == (Prefix | 0xff00_0000);

    /// <summary>Whether a cookie is a guard's, of now or of before.</summary>
    public bool Knows(Cookie cookie) => IsGuard(cookie) && _last > 0;

    /// <summary>Whether the guard is there at present.</summary>
    public bool IsPresent(Cookie cookie) => _present.ContainsKey(cookie);

    /// <summary>The rule whose guard it is, while it is there.</summary>
    public FlowRule? RuleOf(Cookie cookie) => _present.GetValueOrDefault(cookie);
}
