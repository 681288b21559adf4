using System.Collections.Immutable;
using Lime.Apps.Sample.Commands;
using Lime.Apps.Sample.Json;
using Lime.Apps.Sample.NetworkFiles;
using Lime.Core.Hosting;
using Lime.Core.Migration;
using Lime.Core.Networks;
using Lime.OpenFlow.Identifiers;

namespace Lime.Apps.Sample.Operator;

/// <summary>Reads the plan to move an ensemble: a plan file, or the body of a request.</summary>
internal sealed class EnsembleRequestReader
{
    private const string SwitchesForm = "an array of {\"switch\": \"web\", \"target\": \"b1\"}";
    private const string SwitchForm = "a virtual switch's name or datapath id";
    private const string TargetForm = "a physical switch's name, or its datapath id as up to 16 hexadecimal digits";
    private const string PortsForm = "an array of {\"virtual\": 1, \"physical\": 5}";
    private const string PortForm = "a port number, 1 to 65280";
    private const string HostsForm =
        "an array of {\"name\": \"h1\", \"at\": \"web:3\", \"targetPort\": 5, \"mac\": \"02:00:00:00:00:01\"}";
    private const string HostForm = "a host's name";
    private const string AtForm = "SWITCH:PORT, for example \"web:3\"";
    private const string MacForm = "an Ethernet address, for example \"02:00:00:00:00:01\"";
    private const string MethodForm = "\"clone\" or \"freeze-and-copy\"";
    private const string OrderForm = "\"given\" or \"computed\"";
    private const string GuardForm = "\"serialise\" or \"drop\"";
    private const string EvidenceForm = "\"barrier\", \"settle\", \"probe\" or \"both\"";
    private const string TrafficForm = "an array of {\"a\": \"h1\", \"b\": \"h2\", \"rate\": 10}";
    private const string RateForm = "a number from 0";
    private const string MoverForm = "the URL of what moves hosts, for example \"http://127.0.0.1:9000/move\"";
    private const string SecondsForm = "a number of seconds, 1 to 86400";
    private const string MsForm = "a number of milliseconds, 0 to 3600000";
    private const uint PortMax = 0xff00;

    private readonly ImmutableArray<PhysicalSwitchStatus> _physicalSwitches;

    private EnsembleRequestReader(ImmutableArray<PhysicalSwitchStatus> physicalSwitches) =>
        _physicalSwitches = physicalSwitches;

    /// <param name="utf8">The text.</param>
    /// <param name="physicalSwitches">Those that it may name.</param>
    /// <param name="moverOf">Makes the mover of a URL.</param>
    public static (EnsemblePlan? Plan, ImmutableArray<JsonFault> Faults) Read(
        ReadOnlyMemory<byte> utf8, ImmutableArray<PhysicalSwitchStatus> physicalSwitches,
        Func<Uri, IHostMover> moverOf)
    {
        var reader = new EnsembleRequestReader(physicalSwitches);
        return JsonForm.Read(utf8, root => reader.ReadPlan(root, moverOf));
    }

    private EnsemblePlan? ReadPlan(JsonCursor root, Func<Uri, IHostMover> moverOf)
    {
        if (!root.IsObjectOf(
            "switches", "hosts", "mover", "method", "order", "traffic", "hostMoveTimeoutSeconds", "hostIntervalMs",
            "deadlineSeconds", "drainQuietMs", "guard", "evidence", "requireSelectAffinity"))
            return null;
        ImmutableArray<EnsembleSwitch> switches = root.Required("switches", SwitchesForm) is { } list
            ? [.. list.Items(SwitchesForm).Select(ReadSwitch).OfType<EnsembleSwitch>()]
            : [];
        ImmutableArray<EnsembleHost> hosts = root.Optional("hosts") is { } found
            ? [.. found.Items(HostsForm).Select(ReadHost).OfType<EnsembleHost>()]
            : [];
        Uri? mover = root.Optional("mover") is { } named ? ReadMover(named) : null;
        if (hosts.Length > 0 && root.Optional("mover") is null) root.Required("mover", MoverForm);
        var plan = new EnsemblePlan(switches, hosts);
        plan = ReadChoices(root, ReadTimes(root, plan)) with { Traffic = ReadTraffic(root, hosts) };
        CheckOnce(root, switches, hosts);
        return root.Faults.Count > 0 || mover is null ? plan : plan with { Mover = moverOf(mover) };
    }

    private static EnsemblePlan ReadTimes(JsonCursor root, EnsemblePlan plan) => plan with
    {
        HostMoveTimeout = Seconds(root, "hostMoveTimeoutSeconds") ?? plan.HostMoveTimeout,
        Deadline = Seconds(root, "deadlineSeconds") ?? plan.Deadline,
        HostInterval = Milliseconds(root, "hostIntervalMs") ?? plan.HostInterval,
        DrainQuietTime = Milliseconds(root, "drainQuietMs") ?? plan.DrainQuietTime,
    };

    private static EnsemblePlan ReadChoices(JsonCursor root, EnsemblePlan plan)
    {
        MigrationMethod method = default;
        if (root.Optional("method") is { } asked && asked.Text(MethodForm) is { } text
            && !MigrationWords.TryParseMethod(text, out method))
            asked.AddUnexpected(MethodForm);
        GuardMode guard = default;
        if (root.Optional("guard") is { } guarded && guarded.Text(GuardForm) is { } word)
        {
            bool isKnown = MigrationWords.TryParseGuard(word, out guard) && guard != GuardMode.Detour;
            if (!isKnown || (guard != default && method == MigrationMethod.FreezeAndCopy))
                guarded.AddUnexpected(GuardForm + ", \"drop\" only with clone");
        }
        IEvidence? evidence = null;
        if (root.Optional("evidence") is { } wanted && wanted.Text(EvidenceForm) is { } kind
            && !Evidence.TryFind(kind, out evidence))
            wanted.AddUnexpected(EvidenceForm);
        return plan with
        {
            Method = method,
            Guard = guard,
            Evidence = evidence,
            Order = ReadOrder(root),
            RequireSelectAffinity = root.Optional("requireSelectAffinity")?.Truth() ?? plan.RequireSelectAffinity,
        };
    }

    private static HostOrder ReadOrder(JsonCursor root)
    {
        if (root.Optional("order") is not { } found || found.Text(OrderForm) is not { } text) return HostOrder.Given;
        if (text is not ("given" or "computed")) found.AddUnexpected(OrderForm);
        return text == "computed" ? HostOrder.Computed : HostOrder.Given;
    }

    private EnsembleSwitch? ReadSwitch(JsonCursor item)
    {
        if (!item.IsObjectOf("switch", "target", "targetPorts")) return null;
        string? name = item.Required("switch", SwitchForm)?.Text(SwitchForm);
        DatapathId? target = item.Required("target", TargetForm) is { } found ? ReadTarget(found) : null;
        if (name is null || target is null) return null;
        return new EnsembleSwitch(name, target.Value)
        {
            TargetPorts = item.Optional("targetPorts") is { } ports ? ReadPorts(ports) : [],
        };
    }

    /// <summary>A name wins over a datapath id that is written the same ("a1" may be both).</summary>
    private DatapathId? ReadTarget(JsonCursor found)
    {
        if (found.Text(TargetForm) is not { } text) return null;
        if (_physicalSwitches.FirstOrDefault(each => each.Name == text) is { } named) return named.Datapath;
        if (DatapathId.TryParse(text, out DatapathId target)) return target;
        found.AddUnexpected(TargetForm);
        return null;
    }

    private static ImmutableArray<PortMapping> ReadPorts(JsonCursor found)
    {
        var ports = ImmutableArray.CreateBuilder<PortMapping>();
        foreach (JsonCursor item in found.Items(PortsForm))
        {
            if (!item.IsObjectOf("virtual", "physical")) continue;
            PortNumber? virtualPort = ReadPort(item, "virtual");
            PortNumber? physicalPort = ReadPort(item, "physical");
            if (virtualPort is { } from && physicalPort is { } to) ports.Add(new PortMapping(from, to));
        }
        return ports.ToImmutable();
    }

    private static EnsembleHost? ReadHost(JsonCursor item)
    {
        if (!item.IsObjectOf("name", "at", "targetPort", "mac")) return null;
        string? name = item.Required("name", HostForm)?.Text(HostForm);
        VirtualPort? at = item.Required("at", AtForm) is { } found ? ReadAt(found) : null;
        PortNumber? port = ReadPort(item, "targetPort");
        MacAddress? mac = item.Optional("mac") is { } address ? ReadMac(address) : null;
        return name is null || at is null || port is null
            ? null
            : new EnsembleHost(name, at.Value, port.Value) { Mac = mac };
    }

    private static PortNumber? ReadPort(JsonCursor item, string property) =>
        item.Required(property, PortForm)?.Whole(1, PortMax, PortForm) is { } port ? new PortNumber(port) : null;

    private static VirtualPort? ReadAt(JsonCursor found)
    {
        if (found.Text(AtForm) is not { } text) return null;
        int colon = text.LastIndexOf(':');
        if (colon > 0 && PortListReader.TryParsePort(text[(colon + 1)..], out PortNumber port))
            return new VirtualPort(text[..colon], port);
        found.AddUnexpected(AtForm);
        return null;
    }

    private static MacAddress? ReadMac(JsonCursor found)
    {
        if (found.Text(MacForm) is not { } text) return null;
        if (MacAddress.TryParse(text, out MacAddress mac)) return mac;
        found.AddUnexpected(MacForm);
        return null;
    }

    private static Uri? ReadMover(JsonCursor found)
    {
        if (found.Text(MoverForm) is not { } text) return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out Uri? mover) && mover.Scheme is "http" or "https") return mover;
        found.AddUnexpected(MoverForm);
        return null;
    }

    private static ImmutableArray<HostTraffic> ReadTraffic(JsonCursor root, ImmutableArray<EnsembleHost> hosts)
    {
        if (root.Optional("traffic") is not { } found) return [];
        var names = hosts.Select(each => each.Name).ToHashSet(StringComparer.Ordinal);
        var traffic = ImmutableArray.CreateBuilder<HostTraffic>();
        foreach (JsonCursor item in found.Items(TrafficForm))
        {
            if (!item.IsObjectOf("a", "b", "rate")) continue;
            string? a = ReadKnown(item, "a", names);
            string? b = ReadKnown(item, "b", names);
            double? rate = item.Required("rate", RateForm)?.Number(0, double.MaxValue, RateForm);
            if (a is not null && b is not null && rate is { } known) traffic.Add(new HostTraffic(a, b, known));
        }
        return traffic.ToImmutable();
    }

    private static string? ReadKnown(JsonCursor item, string property, HashSet<string> names)
    {
        if (item.Required(property, HostForm) is not { } found || found.Text(HostForm) is not { } name) return null;
        if (names.Contains(name)) return name;
        found.Faults.Add(new(found.Path, $"no host of the plan is named '{name}'."));
        return null;
    }

    private static void CheckOnce(
        JsonCursor root, ImmutableArray<EnsembleSwitch> switches, ImmutableArray<EnsembleHost> hosts)
    {
        if (root.Faults.Count > 0) return; // Places in the lists are those in the file only if all were read.
        if (switches.IsEmpty) root.Faults.Add(new("$.switches", "names no switch."));
        AddTwice("$.switches[{0}].switch", switches.Select(each => each.Switch));
        AddTwice("$.switches[{0}].target", switches.Select(each => each.Target.ToString()));
        AddTwice("$.hosts[{0}].name", hosts.Select(each => each.Name));
        AddTwice("$.hosts[{0}].at", hosts.Select(each => each.At.ToString()));

        void AddTwice(string path, IEnumerable<string> names)
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach ((string name, int index) in names.Select((name, index) => (name, index)))
            {
                if (seen.Add(name)) continue;
                string at = path.Replace("{0}", $"{index}", StringComparison.Ordinal);
                root.Faults.Add(new(at, $"{name} is named twice."));
            }
        }
    }

    private static TimeSpan? Seconds(JsonCursor root, string property) =>
        root.Optional(property)?.Number(1, 86_400, SecondsForm) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    private static TimeSpan? Milliseconds(JsonCursor root, string property) =>
        root.Optional(property)?.Number(0, 3_600_000, MsForm) is { } ms ? TimeSpan.FromMilliseconds(ms) : null;
}
