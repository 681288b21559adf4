using BenchmarkDotNet.Running;

// `-- --list flat` names the benchmarks, `-- --filter '*Codec*'` runs some of them.
BenchmarkSwitcher.FromAssembly(typeof(Lime.Benchmarks.CodecBenchmarks).Assembly).Run(args);
