using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Apps;

/// <summary>A control application: sees the events of virtual switches and answers through them.</summary>
/// <remarks>
/// Apps are called in the order in which they were registered; each may stop the chain. An app that throws is
/// counted and named in the log; the next app and everything else go on.
/// Threading: every call for a switch comes from the loop that owns it, one at a time, and must not block. To
/// wait for a barrier or for statistics, start an async method; it resumes on the same loop.
/// </remarks>
public interface IControllerApp
{
    /// <summary>The name used in logs and metrics.</summary>
    string Name => GetType().Name;

    /// <summary>A virtual switch has come, or has its connection back; commands may be sent.</summary>
    void OnSwitchUp(IVirtualSwitch virtualSwitch)
    {
    }

    /// <summary>A virtual switch has lost its connection; commands are refused until it is back.</summary>
    void OnSwitchDown(IVirtualSwitch virtualSwitch)
    {
    }

    /// <summary>A virtual switch that refused a command as <see cref="OpenFlow.Channel.SendOutcome.OutboxFull"/> takes
    /// commands again.</summary>
    /// <remarks>Told once after one or more refusals, whichever app they were given to; not if the switch lost its
    /// connection instead (<see cref="OnSwitchDown"/>). Commands may be sent from within the call.</remarks>
    void OnDrained(IVirtualSwitch virtualSwitch)
    {
    }

    /// <summary>A packet has been handed up; the view is valid until the call returns.</summary>
    AppVerdict OnPacketIn(IVirtualSwitch virtualSwitch, in PacketIn packetIn) => AppVerdict.Continue;

    /// <summary>A rule whose sender asked to be told (SEND_FLOW_REM) is gone.</summary>
    AppVerdict OnFlowRemoved(IVirtualSwitch virtualSwitch, FlowRemoved flowRemoved) => AppVerdict.Continue;

    /// <summary>A port has come, gone or changed.</summary>
    AppVerdict OnPortStatus(IVirtualSwitch virtualSwitch, PortStatus portStatus) => AppVerdict.Continue;

    /// <summary>A command was refused.</summary>
    /// <param name="virtualSwitch">The switch that refused it.</param>
    /// <param name="xid">The id that <see cref="IVirtualSwitch.Send(in FlowMod)"/> gave.</param>
    /// <param name="error">Type and code.</param>
    AppVerdict OnError(IVirtualSwitch virtualSwitch, Xid xid, ErrorMessage error) => AppVerdict.Continue;
}
