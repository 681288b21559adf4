namespace Lime.Tests.Exploration.Search;

/// <summary>A step did what must never happen.</summary>
internal sealed class ExplorationException(string message) : Exception(message);
