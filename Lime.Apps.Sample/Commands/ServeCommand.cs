using System.Collections.Immutable;
using System.CommandLine;
using System.Net;
using Lime.Apps.Sample.Apps;
using Lime.Apps.Sample.Serving;
using Lime.Core.Hosting;
using Lime.OpenFlow;
using Lime.OpenFlow.Identifiers;

namespace Lime.Apps.Sample.Commands;

/// <summary><c>serve</c>: the controller, for switches that connect over TCP.</summary>
internal sealed class ServeCommand
{
    public const string TokenVariable = "LIME_OPERATOR_TOKEN";

    private readonly Option<IPEndPoint?> _openFlow = new("--openflow")
    {
        HelpName = "ADDRESS:PORT",
        Description = "Where switches connect (OpenFlow over TCP); port 0 takes one that is free",
        CustomParser = OptionText.EndPoint,
        DefaultValueFactory = _ => new IPEndPoint(IPAddress.Loopback, 6653),
    };

    private readonly Option<EndPoint[]> _connect = new("--connect")
    {
        HelpName = "HOST:PORT",
        Description = "A switch that listens (Open vSwitch: set-controller BRIDGE ptcp:PORT), to connect to and to "
            + "stay connected to; give it again for more",
        CustomParser = OptionText.HostsAndPorts,
    };

    private readonly Option<string[]> _versions = new("--version")
    {
        HelpName = "1.0|1.3",
        Description = "A version of OpenFlow to offer; give it again for both. None given: both, and the better one "
            + "is spoken with each switch",
    };

    private readonly Option<string[]> _apps = new("--app")
    {
        HelpName = "learning-switch|hub",
        Description = "An app to run; give it again for more, they see a packet in this order. None given: the "
            + "virtual switches forward only by the rules that they have",
    };

    private readonly Option<DatapathId[]> _spares = new("--spare")
    {
        HelpName = "DATAPATH-ID",
        Description = "A switch that no app sees, to migrate to; up to 16 hexadecimal digits; give it again for more",
        CustomParser = OptionText.Datapaths,
    };

    private readonly Option<string?> _network = new("--network")
    {
        HelpName = "FILE.json",
        Description = "The virtual network and the physical one beneath it; none given: each switch that connects "
            + "appears as it is",
    };

    private readonly Option<IPEndPoint?> _operator = new("--operator")
    {
        HelpName = "ADDRESS:PORT",
        Description = "Serve the operator API (HTTP) here; off unless given. An address that isn't loopback needs a "
            + "token",
        CustomParser = OptionText.EndPoint,
    };

    private readonly Option<string?> _token = new("--operator-token")
    {
        HelpName = "TOKEN",
        Description = "What callers of the operator API must send as 'Authorization: Bearer TOKEN'; better set "
            + $"in the environment as {TokenVariable}, where other users don't see it",
    };

    private readonly Option<string> _unknownRules = new("--unknown-rules")
    {
        HelpName = "adopt|remove|refuse",
        Description = "What happens to rules found on a switch that connects: they become the virtual switch's, "
            + "are deleted, or stay and forbid migrating it",
        DefaultValueFactory = _ => "adopt",
    };

    private readonly Option<int> _idleTimeout = OptionText.Count(
        "--idle-timeout", "SECONDS", "Learning switch: time without a packet after which a rule goes (0: never)",
        new LearningSwitchOptions().IdleTimeoutSeconds, (0, ushort.MaxValue));

    public static Command Create(CommandConsole console)
    {
        var serve = new ServeCommand();
        serve._versions.AcceptOnlyFromAmong(OptionText.Versions);
        serve._apps.AcceptOnlyFromAmong([.. ControllerApps.Names]);
        serve._unknownRules.AcceptOnlyFromAmong("adopt", "remove", "refuse");
        var command = new Command("serve", "Run the controller for switches that connect over TCP, until Ctrl-C.")
        {
            serve._openFlow, serve._versions, serve._connect, serve._apps, serve._spares, serve._network,
            serve._operator, serve._token, serve._unknownRules, serve._idleTimeout,
        };
        command.SetAction((parsed, stop) => ControllerService.RunAsync(serve.Read(parsed), console, stop));
        return command;
    }

    private ServeOptions Read(ParseResult parsed) => new()
    {
        OpenFlow = parsed.GetRequiredValue(_openFlow)!,
        Versions = VersionsOf(parsed.GetValue(_versions) ?? []),
        Connect = [.. parsed.GetValue(_connect) ?? []],
        Apps = [.. parsed.GetValue(_apps) ?? []],
        Spares = [.. parsed.GetValue(_spares) ?? []],
        NetworkPath = parsed.GetValue(_network),
        Operator = parsed.GetValue(_operator),
        OperatorToken = parsed.GetValue(_token) ?? Environment.GetEnvironmentVariable(TokenVariable),
        UnknownRules = PolicyOf(parsed.GetValue(_unknownRules)!),
        IdleTimeoutSeconds = (ushort)parsed.GetValue(_idleTimeout),
    };

    private static UnknownRulePolicy PolicyOf(string text) => text switch
    {
        "remove" => UnknownRulePolicy.Remove,
        "refuse" => UnknownRulePolicy.Refuse,
        _ => UnknownRulePolicy.Adopt,
    };

    private static ImmutableArray<OpenFlowVersion> VersionsOf(string[] texts) => texts.Length == 0
        ? [OpenFlowVersion.V13, OpenFlowVersion.V10]
        : [.. texts.Select(OptionText.VersionOf).Distinct().OrderDescending()];
}
