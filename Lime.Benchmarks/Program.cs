using BenchmarkDotNet.Running;
using Lime.Apps.Sample.Commands;
using Lime.Benchmarks.Commands;
using Lime.Benchmarks.Fleet;

// Everything: -c Release -- --filter '*'. One room: --filter '*Wire*'. The harness: cbench --help, fleet --help ...
if (args is ["fleet", .. string[] rest]) return await FleetCommand.RunAsync(rest, Console.Out);
if (BenchCommandLine.IsFor(args))
{
    using var stop = new StopSignals();
    return await BenchCommandLine.RunAsync(args, Console.Out, Console.Error, stop.Token);
}
BenchmarkSwitcher.FromAssembly(typeof(FleetCommand).Assembly).Run(args);
return 0;
