using Lime.Core.Emulation.Links;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Emulation.Switching;

/// <summary>The ports of an emulated switch, in the order of their numbers.</summary>
/// <remarks>Threading: the loop's.</remarks>
internal sealed class SwitchPorts(EmulationContext context, DatapathId datapath, string switchName)
{
    /// <summary>OpenFlow 1.0 writes a name into 16 bytes with a zero at their end.</summary>
    private const int NameBytesMax = 15;

    /// <summary>OFPP_MAX of OpenFlow 1.0, so that a switch has the same ports in every version.</summary>
    public const uint NumberMax = 0xff00;

    private readonly SortedDictionary<uint, SwitchPort> _ports = [];

    /// <summary>Told of each port that came or changed.</summary>
    public Action<PortStatusReason, SwitchPort>? Changed { get; set; }

    public IReadOnlyCollection<SwitchPort> All => _ports.Values;

    public SwitchPort? Find(PortNumber number) => _ports.GetValueOrDefault(number.Value);

    /// <summary>The port of that number, made now if there is none; a new one is announced with its
    /// link.</summary>
    public SwitchPort GetOrAdd(PortNumber number, LinkDirection? egress = null)
    {
        if (Find(number) is { } present) return present;
        CheckNumber(number);
        var port = new SwitchPort(number, AddressOf(number), NameOf(number), context.NowTicks) { Egress = egress };
        _ports.Add(number.Value, port);
        Changed?.Invoke(PortStatusReason.Add, port);
        return port;
    }

    public static void CheckNumber(PortNumber number)
    {
        if (number.Value is 0 or > NumberMax)
            throw new ArgumentOutOfRangeException(nameof(number), number,
                $"A port's number lies in 1..{NumberMax}.");
    }

    public void Announce(SwitchPort port) => Changed?.Invoke(PortStatusReason.Modify, port);

    /// <summary>Sends out of every port but the ingress; for FLOOD also not out of those set
    /// NO_FLOOD.</summary>
    public void SendToAll(byte[] frame, PortNumber ingress, bool isFlood)
    {
        foreach (SwitchPort port in _ports.Values)
        {
            if (port.Number == ingress || (isFlood && port.Has(PortConfig.NoFlood))) continue;
            port.Send(frame);
        }
    }

    /// <summary>Locally administered: 02, three bytes of the datapath id, two of the port.</summary>
    private MacAddress AddressOf(PortNumber number) =>
        new(0x0200_0000_0000 | ((datapath.Value & 0xff_ffff) << 16) | (number.Value & 0xffff));

    private string NameOf(PortNumber number)
    {
        var suffix = $"-eth{number.Value}";
        return switchName[..Math.Min(switchName.Length, NameBytesMax - suffix.Length)] + suffix;
    }
}
