using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lime.Apps.Sample.Migrating;
using Lime.Apps.Sample.NetworkFiles;

namespace Lime.Apps.Sample.Commands;

/// <summary><c>networks</c>: makes, shows, changes and deletes virtual networks of a running controller.</summary>
internal sealed class NetworksCommand
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly Option<Uri?> _operator = new("--operator")
    {
        HelpName = "URL",
        Description = "The operator API of the running controller (serve --operator ...)",
        CustomParser = OptionText.OperatorUrl,
        DefaultValueFactory = _ => new Uri("http://127.0.0.1:8080"),
        Recursive = true,
    };

    private readonly Option<string?> _token = new("--token")
    {
        HelpName = "TOKEN",
        Description = $"The operator API's token; better set in the environment as {ServeCommand.TokenVariable}",
        Recursive = true,
    };

    public static Command Create(CommandConsole console)
    {
        var networks = new NetworksCommand();
        var command = new Command(
            "networks",
            "Make, show, change and delete virtual networks of a running controller (serve --operator ...).");
        command.Options.Add(networks._operator);
        command.Options.Add(networks._token);
        command.Subcommands.Add(networks.Plain("list", "List all virtual networks.", console, ListAsync));
        command.Subcommands.Add(networks.Named("show", "Write a network as JSON.", console, ShowAsync));
        command.Subcommands.Add(networks.OfFile("create", "Make the network of a file.", console, CreateAsync));
        command.Subcommands.Add(networks.OfFile(
            "change", "Make the network that a file names as the file says.", console, ChangeAsync));
        command.Subcommands.Add(networks.Named("delete", "Delete a network.", console, DeleteAsync));
        return command;
    }

    private static async Task ListAsync(OperatorClient client, string unused, TextWriter output)
    {
        JsonNode answer = JsonNode.Parse(await client.AskOfNetworksAsync(HttpMethod.Get, ""))!;
        foreach (JsonNode? each in answer["networks"]!.AsArray())
        {
            string switches = string.Join(", ", each!["virtualSwitches"]!.AsArray().Select(name => (string?)name));
            output.WriteLine($"{(string?)each["name"]}: {switches} ({(string?)each["source"]})");
        }
    }

    private static async Task ShowAsync(OperatorClient client, string name, TextWriter output) =>
        output.WriteLine(Indent(await client.AskOfNetworksAsync(HttpMethod.Get, PathOf(name))));

    private static async Task CreateAsync(OperatorClient client, string file, TextWriter output)
    {
        byte[] network = NetworkFile.ReadBytes(file);
        await OfFileAsync(file, () => client.AskOfNetworksAsync(HttpMethod.Post, "", network));
        output.WriteLine($"{NameIn(file, network)} is made");
    }

    private static async Task ChangeAsync(OperatorClient client, string file, TextWriter output)
    {
        byte[] network = NetworkFile.ReadBytes(file);
        string name = NameIn(file, network);
        await OfFileAsync(file, () => client.AskOfNetworksAsync(HttpMethod.Put, PathOf(name), network));
        output.WriteLine($"{name} is changed");
    }

    private static async Task DeleteAsync(OperatorClient client, string name, TextWriter output)
    {
        await client.AskOfNetworksAsync(HttpMethod.Delete, PathOf(name));
        output.WriteLine($"{name} is deleted");
    }

    /// <summary>Faults are told with the file's name before their paths.</summary>
    private static async Task OfFileAsync(string file, Func<Task<string>> ask)
    {
        try
        {
            await ask();
        }
        catch (CommandFailedException refusal)
        {
            throw new CommandFailedException($"{file}: {refusal.Message}", refusal.ExitCode);
        }
    }

    private static string PathOf(string name) => "/" + Uri.EscapeDataString(name);

    private static string NameIn(string file, byte[] network)
    {
        try
        {
            JsonNode? name = (JsonNode.Parse(network) as JsonObject)?["name"];
            if (name?.GetValueKind() == JsonValueKind.String) return (string)name!;
        }
        catch (JsonException fault)
        {
            throw new CommandFailedException($"{file}: not JSON: {fault.Message}");
        }
        throw new CommandFailedException($"{file}: $.name: missing; the network's name, a text.");
    }

    private static string Indent(string json) => JsonNode.Parse(json)!.ToJsonString(Indented);

    private Command Plain(
        string name, string description, CommandConsole console, Func<OperatorClient, string, TextWriter, Task> act)
    {
        var command = new Command(name, description);
        command.SetAction((parsed, _) => RunAsync(parsed, "", console, act));
        return command;
    }

    private Command Named(
        string name, string description, CommandConsole console, Func<OperatorClient, string, TextWriter, Task> act) =>
        With(new Argument<string>("name") { HelpName = "NAME", Description = "The network's name" },
            new Command(name, description), console, act);

    private Command OfFile(
        string name, string description, CommandConsole console, Func<OperatorClient, string, TextWriter, Task> act) =>
        With(new Argument<string>("file") { HelpName = "FILE.json", Description = "The network" },
            new Command(name, description), console, act);

    private Command With(
        Argument<string> argument, Command command, CommandConsole console,
        Func<OperatorClient, string, TextWriter, Task> act)
    {
        command.Arguments.Add(argument);
        command.SetAction((parsed, _) => RunAsync(parsed, parsed.GetValue(argument)!, console, act));
        return command;
    }

    private async Task<int> RunAsync(
        ParseResult parsed, string argument, CommandConsole console, Func<OperatorClient, string, TextWriter, Task> act)
    {
        string? token = parsed.GetValue(_token) ?? Environment.GetEnvironmentVariable(ServeCommand.TokenVariable);
        using var client = new OperatorClient(parsed.GetValue(_operator)!, token);
        await act(client, argument, console.Output);
        return ExitCode.Success;
    }
}
