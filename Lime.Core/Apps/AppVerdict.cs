namespace Lime.Core.Apps;

/// <summary>What an app says when it has seen an event.</summary>
public enum AppVerdict
{
    /// <summary>The next app sees it too.</summary>
    Continue,

    /// <summary>No later app sees it.</summary>
    Stop,
}
