using Lime.Core.Networks;
using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Switches.Tunnelling;

/// <summary>Joins two physical switches that are not adjacent, so that they are as if by a cable: what one of them
/// sends
/// by its port arrives at the other's.</summary>
/// <remarks>Life cycle: planned, held by the migration that has planned it, opened, and closed when no virtual port
/// lies
/// at it any more. Threading: the owner loop's.</remarks>
internal abstract class Tunnel(TunnelWish wish)
{
    public PhysicalSwitch A { get; } = wish.A;

    public PhysicalSwitch B { get; } = wish.B;

    /// <summary>The largest packet that is to fit, in bytes without the Ethernet header.</summary>
    public int Mtu { get; } = wish.Mtu;

    /// <summary>Its port at <see cref="A"/>; before it is open it may not be known.</summary>
    public PortNumber? PortA { get; protected set; }

    /// <summary>Its port at <see cref="B"/>; before it is open it may not be known.</summary>
    public PortNumber? PortB { get; protected set; }

    /// <summary>Whether a migration under way needs it, whatever lies at it.</summary>
    public bool IsHeld { get; set; }

    /// <summary>Whether frames pass, as far as is known.</summary>
    public bool IsOpen { get; protected set; }

    /// <summary>How it leads, in the second half of a sentence for the operator.</summary>
    public abstract string Way { get; }

    public override string ToString() => $"{A.Name} and {B.Name} {Way}";

    /// <summary>Its port at one of its ends; of a tunnel that is planned <see cref="PortNumber.Any"/> if it has none
    /// yet.</summary>
    public PortNumber PortAt(PhysicalSwitch end) => (end == A ? PortA : PortB) ?? PortNumber.Any;

    /// <summary>Whether a port is one of its ends.</summary>
    public bool EndsAt(PhysicalPort port) =>
        (port.Datapath == A.Datapath && port.Port == PortA) || (port.Datapath == B.Datapath && port.Port == PortB);

    /// <summary>Makes it; frames pass when this completes.</summary>
    /// <exception cref="Migration.MigrationStepException">It can't be made.</exception>
    /// <exception cref="OpenFlow.Channel.OpenFlowRequestException">A switch doesn't answer.</exception>
    public abstract Task OpenAsync();

    /// <summary>Takes all of it away.</summary>
    /// <exception cref="Migration.MigrationStepException">Something is left.</exception>
    /// <exception cref="OpenFlow.Channel.OpenFlowRequestException">A switch doesn't answer.</exception>
    public abstract Task CloseAsync();
}
