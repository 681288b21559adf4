using BenchmarkDotNet.Running;
using Lime.Benchmarks.Fleet;

// Everything: -c Release -- --filter '*'. One room: --filter '*Wire*'. Many switches: fleet --help.
if (args is ["fleet", .. string[] rest]) return await FleetCommand.RunAsync(rest, Console.Out);
BenchmarkSwitcher.FromAssembly(typeof(FleetCommand).Assembly).Run(args);
return 0;
