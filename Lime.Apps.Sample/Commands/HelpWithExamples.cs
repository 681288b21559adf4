using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Lime.Apps.Sample.Commands;

/// <summary>The library's help, and examples to copy below it.</summary>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    private const string Run = "dotnet run -c Release --project Lime.Apps.Sample";

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        int exitCode = help.Invoke(parseResult);
        TextWriter output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (string example in ExamplesOf(parseResult.CommandResult.Command.Name))
            output.WriteLine("  " + example);
        output.WriteLine();
        return exitCode;
    }

    private static string[] ExamplesOf(string command) => command switch
    {
        "serve" =>
        [
            $"{Run} -- serve --app learning-switch",
            $"{Run} -- serve --app learning-switch --spare 4 --operator 127.0.0.1:8080",
            $"{Run} -- serve --network Lime.Apps.Sample/Networks/figure3.json \\",
            "      --app learning-switch --operator 127.0.0.1:8080",
        ],
        "migrate" =>
        [
            $"{Run} -- migrate s3 --to 0x4",
            $"{Run} -- migrate s3 --to s4 --method freeze-and-copy --deadline 60",
            $"{Run} -- migrate s3 --to s4 --pause 10000",
            $"{Run} -- migrate access --to 0x2 --ports 1:1,2:5",
            "",
            "Ctrl-C asks for an abort and waits for it. Exit code: 0 completed; 1 aborted, the switch is where",
            "it was; 2 could not be started; 3 the controller went away, the end is not known.",
        ],
        _ =>
        [
            Run,
            $"{Run} -- --method clone --repeats 3 --seed 7",
            $"{Run} -- serve --app learning-switch",
            $"{Run} -- migrate s3 --to 0x4",
        ],
    };
}
