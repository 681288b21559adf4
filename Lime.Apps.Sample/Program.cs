using Lime.Apps.Sample.Commands;

// The runtime reads this once, before the first socket: received bytes go on from the thread that polls the sockets,
// without a hop over the thread pool. What follows there is a copy and a post to the loop, nothing that blocks.
Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");

using var stopSignals = new StopSignals();
using var console = new CommandConsole(Console.Out, Console.Error);
return await CommandLine.RunAsync(args, console, stopSignals.Token);
