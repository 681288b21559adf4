using BenchmarkDotNet.Running;

// Everything: -c Release -- --filter '*'. One room: --filter '*Wire*'.
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
