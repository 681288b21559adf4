namespace Lime.Core.Hosting;

/// <summary>An app at a moment.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Failures">How often it has thrown out of a call.</param>
public sealed record AppStatus(string Name, long Failures);
