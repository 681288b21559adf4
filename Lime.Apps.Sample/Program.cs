using Lime.Apps.Sample.Commands;

// The runtime reads these once, before the first socket: received bytes go on from the one thread that polls the
// sockets, which is lent to the controller's loop for it. Two pollers would only get into each other's way there.
Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");
Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_THREAD_COUNT", "1");

using var stopSignals = new StopSignals();
using var console = new CommandConsole(Console.Out, Console.Error);
return await CommandLine.RunAsync(args, console, stopSignals.Token);
