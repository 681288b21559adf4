using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Apps;

/// <summary>What became of a command given to a virtual switch.</summary>
/// <param name="Outcome">Whether it was taken; a full outbox or a lost connection takes nothing; after a
/// full one <see cref="IControllerApp.OnDrained"/> tells when to try again.</param>
/// <param name="Xid">The transaction id under which an error would be reported
/// (<see cref="IControllerApp.OnError"/>).</param>
/// <remarks>One word, so that it is returned in a register without a detour by the stack.</remarks>
public readonly record struct SendResult(SendOutcome Outcome, Xid Xid)
{
    private readonly ulong _word = ((ulong)Outcome << 32) | Xid.Value;

    /// <summary>Whether it was taken.</summary>
    public SendOutcome Outcome
    {
        get => (SendOutcome)(_word >> 32);
        init => _word = ((ulong)value << 32) | (uint)_word;
    }

    /// <summary>The transaction id under which an error would be reported.</summary>
    public Xid Xid
    {
        get => new((uint)_word);
        init => _word = (_word & 0xffff_ffff_0000_0000) | value.Value;
    }
}
