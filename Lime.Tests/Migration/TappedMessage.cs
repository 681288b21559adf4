namespace Lime.Tests.Migration;

/// <summary>A control message on its way.</summary>
/// <param name="Index">Its number among all.</param>
/// <param name="Switch">The switch that it goes to or comes from.</param>
/// <param name="IsToSwitch">Whether it goes to the switch.</param>
/// <param name="Type">Its type on the wire.</param>
/// <param name="Xid">Its transaction id.</param>
internal sealed record TappedMessage(int Index, string Switch, bool IsToSwitch, byte Type, uint Xid)
{
    /// <summary>OFPT_FLOW_MOD, or an experimenter's message, as bundles of 1.3 are, to a switch.</summary>
    public bool IsCommand => IsToSwitch && Type is 14 or 4;
}
