using Lime.Apps.Sample.Commands;

using var stopSignals = new StopSignals();
using var console = new CommandConsole(Console.Out, Console.Error);
return await CommandLine.RunAsync(args, console, stopSignals.Token);
