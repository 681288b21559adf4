using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Lime.Apps.Sample.Commands;

/// <summary>The library's help, and examples to copy below it.</summary>
/// <param name="help">The library's.</param>
/// <param name="examplesOf">The lines of a command, by its name.</param>
internal sealed class HelpWithExamples(HelpAction help, Func<string, string[]> examplesOf)
    : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        int exitCode = help.Invoke(parseResult);
        TextWriter output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (string example in examplesOf(parseResult.CommandResult.Command.Name))
            output.WriteLine("  " + example);
        output.WriteLine();
        return exitCode;
    }
}
