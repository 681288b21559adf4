namespace Lime.Tests.RealNetwork;

/// <summary>How a process ended, and all that it wrote.</summary>
internal sealed record CommandResult(int ExitCode, string Output, string Error);
