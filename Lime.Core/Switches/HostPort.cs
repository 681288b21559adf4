using System.Buffers.Binary;
using Lime.Core.Migration;
using Lime.Core.Networks;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Switches;

/// <summary>A virtual port whose host moves from one instance to another, while all of them live.</summary>
/// <remarks>
/// An instance that the host is not at reaches it by a path to the instance where it is: packets are treated where they
/// came in (paper section 3), and cross to the host's side once, with all decisions made. So what comes by such a path
/// meets no rule of apps there, but a relay rule above them, which sends it out at the host's port; or, when the host
/// has left, on to where it is. A relay never leads back to an instance that relays to it, so nothing goes round: the
/// new place sends to its own port before anybody sends there.
/// A place where the host has not been is fenced: what comes in there is dropped, and only a host that announces itself
/// (ARP, RFC 826; RARP, RFC 903, as hypervisors send it) is told to the controller.
/// Life cycle: one a host and migration. Threading: the owner loop's.
/// </remarks>
internal sealed class HostPort
{
    /// <summary>Marks relay rules and hosts' fences ("LimeHost").</summary>
    public static readonly Cookie Mark = new(0x4c69_6d65_486f_7374);

    /// <summary>Below the fence of a whole instance, above what apps use.</summary>
    public const ushort RelayPriority = ushort.MaxValue - 2;

    private const ushort FencePriority = RelayPriority - 1;
    private const ushort Arp = 0x0806;
    private const ushort Rarp = 0x8035;
    private const int EthernetBytes = 14;

    private readonly Dictionary<Instance, PortNumber> _homes = [];
    private readonly Dictionary<(Instance From, Instance To), PortNumber> _paths = [];
    private readonly HashSet<Instance> _fenced = [];

    public HostPort(EnsembleHost host, VirtualSwitch virtualSwitch)
    {
        Host = host;
        Switch = virtualSwitch;
    }

    public EnsembleHost Host { get; }

    public VirtualSwitch Switch { get; }

    public PortNumber VirtualPort => Host.At.Port;

    /// <summary>Where the host is, or is about to be when its pause ends.</summary>
    public Instance? At { get; set; }

    /// <summary>The instances that it may be at.</summary>
    public IReadOnlyCollection<Instance> Instances => _homes.Keys;

    /// <summary>Told when the host, or somebody, announces itself at a fenced place.</summary>
    public Action<Instance>? Announced { get; set; }

    /// <summary>The port that the host is cabled to when it is at an instance.</summary>
    public PortNumber HomeAt(Instance instance) => _homes[instance];

    public void Add(Instance instance, PortNumber home) => _homes[instance] = home;

    /// <summary>A path between two instances for this host's packets alone: by which port each sends.</summary>
    public void AddPath((Instance Instance, PortNumber Port) a, (Instance Instance, PortNumber Port) b)
    {
        _paths[(a.Instance, b.Instance)] = a.Port;
        _paths[(b.Instance, a.Instance)] = b.Port;
    }

    /// <summary>Where the virtual port is at an instance while all live.</summary>
    public PortPlace PlaceAt(Instance instance)
    {
        PortNumber home = _homes[instance];
        return new PortPlace(instance == At ? home : _paths[(instance, At!)], [home]) { IsMoving = true };
    }

    /// <summary>The relay rules of an instance, if the host is at <paramref name="at"/>.</summary>
    public IEnumerable<FlowMod> RelaysAt(Instance instance, Instance at)
    {
        PortNumber egress = instance == at ? _homes[instance] : _paths[(instance, at)];
        foreach (((Instance from, Instance _), PortNumber ingress) in _paths)
        {
            if (from != instance) continue;
            yield return Rule(RelayPriority, Match.Any.WithInPort(ingress)) with
            {
                // OpenFlow 1.0.0 section 5.2.4: back out by the ingress port only if it says so.
                Actions = ActionList.Output(egress == ingress ? PortNumber.InPort : egress),
            };
        }
    }

    public bool IsFencedAt(Instance instance) => _fenced.Contains(instance);

    /// <summary>Nothing from there passes.</summary>
    public void FenceAt(Instance instance)
    {
        _fenced.Add(instance);
        foreach (FlowMod rule in FenceRulesAt(instance)) instance.Send(default, rule);
    }

    /// <summary>What comes from there meets apps' rules.</summary>
    public void OpenAt(Instance instance)
    {
        if (!_fenced.Remove(instance)) return;
        foreach (FlowMod rule in FenceRulesAt(instance)) Delete(instance, rule);
    }

    /// <summary>Gives an instance all rules that it should have for the host.</summary>
    public void Restore(Instance instance)
    {
        if (At is null) return;
        foreach (FlowMod rule in RelaysAt(instance, At)) instance.Send(default, rule);
        if (IsFencedAt(instance)) FenceAt(instance);
    }

    /// <summary>Takes all of that away.</summary>
    public void RemoveFrom(Instance instance)
    {
        if (At is not null)
        {
            foreach (FlowMod rule in RelaysAt(instance, At)) Delete(instance, rule);
        }
        OpenAt(instance);
    }

    /// <summary>Takes a packet that came up from a fenced place.</summary>
    public void Take(Instance instance, ReadOnlySpan<byte> frame)
    {
        if (frame.Length < EthernetBytes) return;
        ushort type = BinaryPrimitives.ReadUInt16BigEndian(frame[12..]);
        bool isOurs = Host.Mac is not { } mac || MacAddress.Read(frame[6..]) == mac;
        if (isOurs && (type is Arp or Rarp)) Announced?.Invoke(instance);
    }

    private FlowMod[] FenceRulesAt(Instance instance)
    {
        Match fromHome = Match.Any.WithInPort(_homes[instance]);
        return
        [
            Rule(RelayPriority, fromHome.WithEthType(Arp)) with { Actions = ActionList.ToController },
            Rule(RelayPriority, fromHome.WithEthType(Rarp)) with { Actions = ActionList.ToController },
            Rule(FencePriority, fromHome),
        ];
    }

    private static void Delete(Instance instance, in FlowMod rule) =>
        instance.Send(default, rule with { Command = FlowModCommand.DeleteStrict });

    private static FlowMod Rule(ushort priority, Match match) => new()
    {
        Cookie = Mark,
        Command = FlowModCommand.Add,
        Match = match,
        Priority = priority,
        Actions = ActionList.Drop,
    };
}
